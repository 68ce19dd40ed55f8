import { expect, test } from 'vitest';
import { makeTarget, STRICT } from './target.ts';

const FILES = {
  'tsconfig.json': STRICT,
  'src/router.ts': 'export class Router {}\n',
  'src/globals.d.ts': 'declare const ROUTERS: number;\n',
  'src/use.ts': `/// <reference path="./globals.d.ts" />
/// <reference path="router.ts" />
// <reference path="./router.ts" />
/** As './router.ts'. */
export const use = ROUTERS;
`,
};

test('a reference directive names the file that it includes; the same words in a comment name nothing', () => {
  const target = makeTarget(FILES);
  const compiler = target.open(['src/use.ts', 'src/router.ts']);
  const at = (needle: string, nth = 1) => target.resolve(compiler, 'src/use.ts', needle, nth);
  expect(at('./globals.d.ts')).toBe('module src/globals.d.ts');
  expect(at('router.ts')).toBe('module src/router.ts');
  expect(at('./router.ts')).toBe('nothing');
  expect(at('./router.ts', 2)).toBe('nothing');
});

test('a specifier that a comment quotes does not lead to the file that the comment stands in', () => {
  const target = makeTarget({ ...FILES, 'src/own.ts': "/* './router.js' */\nexport const own = 1;\n" });
  const compiler = target.open(['src/own.ts', 'src/router.ts']);
  expect(compiler.resolveSpecifier(target.file('src/own.ts'), './router.js')).toBe(target.file('src/router.ts'));
});

test('a link with # names the member of instances, where a class, or every function, has a static one too', () => {
  const target = makeTarget({
    'tsconfig.json': STRICT,
    'src/queue.ts': `export class Queue {
  static of(): void {}
  static all(): void {}
  length(): number { return 1; }
  all(): void {}
}
`,
    'src/use.ts': `import { Queue } from './queue.js';
/** {@link Queue#length}, {@link Queue#all}, {@link Queue.all}, {@link Queue#of} */
export const use = new Queue();
`,
  });
  const compiler = target.open(['src/use.ts']);
  const offsetOf = (needle: string) => target.at('src/queue.ts', needle);
  const linked = (link: string) => {
    const at = target.at('src/use.ts', link) + 'Queue#'.length;
    const [found] = compiler.resolve(target.file('src/use.ts'), [at]);
    return found?.kind === 'declared' ? found.declarations.map(({ range }) => range.start) : found;
  };
  expect(linked('Queue#length')).toEqual([offsetOf('length()')]);
  expect(linked('Queue#all')).toEqual([offsetOf('all(): void {}\n}')]);
  expect(linked('Queue.all')).toEqual([offsetOf('all(): void')]);
  expect(linked('Queue#of')).toEqual([offsetOf('of()')]);
});
