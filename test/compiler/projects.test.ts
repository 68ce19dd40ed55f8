import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { RerouteError } from '../../src/base/errors.ts';
import { makeTarget, STRICT } from './target.ts';

const ROUTER = 'export class Router { register_handler(type: string): void {} }\n';
const USE = "import { Router } from './router.js';\nnew Router().register_handler('');\n";

function configs(target: ReturnType<typeof makeTarget>, files: string[]) {
  return target
    .open(files)
    .projects.map(({ config, files: count }) => [config === undefined ? undefined : target.relative(config), count]);
}

describe('which configuration serves a file', () => {
  it('the nearest one that includes it', () => {
    const target = makeTarget({
      'tsconfig.json': STRICT,
      'src/a.ts': 'export {};',
      'packages/b/tsconfig.json': STRICT,
      'packages/b/src/b.ts': 'export {};',
    });
    expect(configs(target, ['src/a.ts', 'packages/b/src/b.ts'])).toEqual([
      ['tsconfig.json', 1],
      ['packages/b/tsconfig.json', 1],
    ]);
  });

  it('what a solution references, transitively', () => {
    const target = makeTarget({
      'tsconfig.json': { files: [], references: [{ path: './app' }, { path: './app/tsconfig.test.json' }] },
      'app/tsconfig.json': { files: [], references: [{ path: './tsconfig.lib.json' }] },
      'app/tsconfig.lib.json': { ...STRICT, include: ['lib'] },
      'app/tsconfig.test.json': { ...STRICT, include: ['test'] },
      'app/lib/a.ts': 'export {};',
      'app/test/a.ts': 'export {};',
    });
    expect(configs(target, ['app/lib/a.ts', 'app/test/a.ts'])).toEqual([
      ['app/tsconfig.lib.json', 1],
      ['app/tsconfig.test.json', 1],
    ]);
  });

  it('another tsconfig of the folder, when the main one leaves the file out', () => {
    const target = makeTarget({
      'tsconfig.json': '{\n  // sources only\n  "include": ["src"],\n}',
      'tsconfig.tests.json': { extends: './tsconfig.json', include: ['test'] },
      'src/a.ts': 'export {};',
      'test/a.test.ts': 'export {};',
    });
    expect(configs(target, ['src/a.ts', 'test/a.test.ts'])).toEqual([
      ['tsconfig.json', 1],
      ['tsconfig.tests.json', 1],
    ]);
  });

  it('a folder further up that includes it comes before a nearer one that does not', () => {
    const target = makeTarget({
      'tsconfig.json': { ...STRICT, include: ['**/*.test.ts'] },
      'pkg/tsconfig.json': { ...STRICT, include: ['src'], exclude: ['**/*.test.ts'] },
      'pkg/src/a.ts': 'export {};',
      'pkg/src/a.test.ts': 'export {};',
    });
    expect(configs(target, ['pkg/src/a.ts', 'pkg/src/a.test.ts'])).toEqual([
      ['pkg/tsconfig.json', 1],
      ['tsconfig.json', 1],
    ]);
  });

  it('when none includes the file, the one whose files lie closest', () => {
    const target = makeTarget({
      'tsconfig.json': { files: [], references: [{ path: './tsconfig.a.json' }, { path: './tsconfig.b.json' }] },
      'tsconfig.a.json': { ...STRICT, include: ['a'] },
      'tsconfig.b.json': { ...STRICT, include: ['b'] },
      'a/a.ts': 'export {};',
      'b/b.ts': 'export {};',
      'b/deep/script.js': 'module.exports = {};',
    });
    expect(configs(target, ['b/deep/script.js'])).toEqual([['tsconfig.b.json', 1]]);
  });

  it('jsconfig.json where there is no tsconfig.json', () => {
    const target = makeTarget({
      'jsconfig.json': { compilerOptions: { baseUrl: '.', paths: { '~/*': ['./lib/*'] } } },
      'lib/router.js': 'export class Router { register_handler() {} }',
      'app/use.js': "import { Router } from '~/router';\nnew Router().register_handler();",
    });
    const compiler = target.open(['app/use.js']);
    expect(compiler.projects.map(({ config }) => config)).toEqual([target.file('jsconfig.json')]);
    expect(target.resolve(compiler, 'app/use.js', 'register_handler')).toBe(
      'method Router.register_handler in lib/router.js',
    );
  });
});

describe('the program over the asked files', () => {
  it('keeps the options: extends, paths and configDir', () => {
    const target = makeTarget({
      'base/tsconfig.json': {
        compilerOptions: {
          strict: true,
          module: 'esnext',
          moduleResolution: 'bundler',
          paths: { '@/*': [`\${configDir}/src/*`] },
        },
      },
      'tsconfig.json': { extends: './base/tsconfig.json', include: ['src'] },
      'src/router.ts': ROUTER,
      'src/use.ts': USE.replace('./router.js', '@/router'),
    });
    const compiler = target.open(['src/use.ts']);
    expect(target.resolve(compiler, 'src/use.ts', 'register_handler')).toBe(
      'method Router.register_handler in src/router.ts',
    );
    target.write('src/loose.ts', 'export function f(a) { return a; }');
    compiler.include([target.file('src/loose.ts')]);
    expect(compiler.diagnostics([target.file('src/loose.ts')]).map((each) => each.code)).toEqual([7006]);
  });

  it.each([
    ['in a configuration that has JavaScript checked', { allowJs: true, checkJs: true }, '', [7006, 2339]],
    ['in a file that asks for a check', { allowJs: true }, '// @ts-check\n', [7006, 2339]],
    ['where nobody checks JavaScript', { allowJs: true }, '', [2339]],
  ])('demands types of JavaScript %s', (_, options, head, codes) => {
    const target = makeTarget({
      'tsconfig.json': { compilerOptions: { strict: true, module: 'nodenext', types: [], ...options } },
      'src/use.js': `${head}class Router {}\nfunction use(a) { return a; }\nuse(1); new Router().gone();\n`,
    });
    const compiler = target.open(['src/use.js']);
    expect(compiler.diagnostics([target.file('src/use.js')]).map(({ code }) => code)).toEqual(codes);
  });

  it('reads the sources of referenced projects, built or not', () => {
    const target = makeTarget({
      'tsconfig.json': { files: [], references: [{ path: './core' }, { path: './app' }] },
      'core/tsconfig.json': {
        ...STRICT,
        compilerOptions: {
          ...STRICT.compilerOptions,
          noEmit: false,
          composite: true,
          outDir: './out',
          rootDir: './src',
        },
      },
      'core/src/router.ts': ROUTER,
      'app/tsconfig.json': {
        ...STRICT,
        compilerOptions: { ...STRICT.compilerOptions, noEmit: false, composite: true, outDir: './out' },
        references: [{ path: '../core' }],
      },
      'app/src/use.ts': USE.replace('./router.js', '../../core/src/router.js'),
    });
    const compiler = target.open(['app/src/use.ts']);
    expect(target.resolve(compiler, 'app/src/use.ts', 'register_handler')).toBe(
      'method Router.register_handler in core/src/router.ts',
    );
    expect(compiler.diagnostics([target.file('app/src/use.ts')])).toEqual([]);
  });

  it('has the declarations that hold without an import', () => {
    const target = makeTarget({
      'tsconfig.json': { compilerOptions: { strict: true, module: 'esnext', moduleResolution: 'bundler' } },
      'src/env.d.ts': 'declare const plain: { register_handler(): void };',
      'src/script.ts': 'class Script { register_handler() {} }',
      'src/augment.ts': 'declare global { interface Window2 { register_handler(): void } }\nexport {};',
      'src/unused.ts': 'export const unused = 1;',
      'src/use.ts':
        'plain.register_handler();\nnew Script().register_handler();\nexport declare const w: Window2;\nw.register_handler();\n',
    });
    const compiler = target.open(['src/use.ts']);
    const resolutions = compiler.resolve(target.file('src/use.ts'), target.all('src/use.ts', 'register_handler'));
    expect(resolutions.map((each) => target.tell(each))).toEqual([
      'method plain.register_handler in src/env.d.ts',
      'method Script.register_handler in src/script.ts',
      'method Window2.register_handler in src/augment.ts',
    ]);
  });

  it('JavaScript in a project that takes none has a program of its own, with the same options', () => {
    const target = makeTarget({
      'tsconfig.json': STRICT,
      'package.json': { type: 'module' },
      'src/router.ts': ROUTER,
      'src/use.ts': USE,
      'src/use.js': "import { Router } from './router.js';\nnew Router().register_handler('');\n",
    });
    const compiler = target.open(['src/use.ts', 'src/use.js']);
    expect(compiler.projects.map(({ config, files }) => [config, files])).toEqual([
      [target.file('tsconfig.json'), 1],
      [target.file('tsconfig.json'), 1],
    ]);
    const declared = 'method Router.register_handler in src/router.ts';
    expect(target.resolve(compiler, 'src/use.ts', 'register_handler')).toBe(declared);
    expect(target.resolve(compiler, 'src/use.js', 'register_handler')).toBe(declared);
    const places = compiler.references(target.file('src/router.ts'), target.at('src/router.ts', 'register_handler'));
    expect(places.map((each) => target.relative(each.file))).toEqual(['src/router.ts', 'src/use.js', 'src/use.ts']);
  });

  it('TypeScript without a configuration is resolved too', () => {
    const target = makeTarget({ 'router.ts': ROUTER, 'use.ts': USE.replace('.js', '') });
    const compiler = target.open(['use.ts']);
    expect(target.resolve(compiler, 'use.ts', 'register_handler')).toBe('method Router.register_handler in router.ts');
  });
});

describe('a configuration that does not parse', () => {
  const files = {
    'tsconfig.json': '{\n  "compilerOptions": { "strict": true\n  "include": ["src"]\n}\n',
    'src/router.ts': ROUTER,
    'src/use.ts': USE,
  };

  it('is named with its place, the diagnostic and the flag that goes on without it', () => {
    const target = makeTarget(files);
    let error: unknown;
    try {
      target.open(['src/use.ts']);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(RerouteError);
    const { code, message, where, next, details } = error as RerouteError;
    expect({ code, where, next }).toMatchObject({
      code: 'COMPILER_BAD_CONFIG',
      where: { file: 'tsconfig.json', line: 3, column: 3 },
      next: 'Correct tsconfig.json, or go on without it: --ignore-bad-tsconfig',
    });
    expect(message).toBe("tsconfig.json does not parse: ',' expected.");
    expect(details[0]).toBe("tsconfig.json:3:3 - TS1005: ',' expected.");
  });

  it('is left out when asked, and told', () => {
    const target = makeTarget(files);
    const compiler = target.open(['src/use.ts'], { onBadConfig: 'ignore' });
    expect(target.resolve(compiler, 'src/use.ts', 'register_handler')).toBe(
      'method Router.register_handler in src/router.ts',
    );
    expect(compiler.projects).toMatchObject([
      { config: undefined, files: 1, problems: [{ code: 1005 }, { code: 1005 }] },
    ]);
    expect(compiler.projects[0]!.problems[0]!.file).toBe(target.file('tsconfig.json'));
  });

  it('counts also when it is only extended', () => {
    const target = makeTarget({
      ...files,
      'tsconfig.json': { extends: './base.json', include: ['src'] },
      'base.json': '{ "compilerOptions": { ',
    });
    expect(() => target.open(['src/use.ts'])).toThrow('base.json does not parse');
  });

  it('an extends that leads nowhere is a problem, not an end', () => {
    const target = makeTarget({ ...files, 'tsconfig.json': { ...STRICT, extends: './nowhere.json' } });
    const compiler = target.open(['src/use.ts']);
    expect(compiler.projects[0]!.problems.map((each) => each.message).join()).toContain('nowhere.json');
    expect(target.resolve(compiler, 'src/use.ts', 'register_handler')).toBe(
      'method Router.register_handler in src/router.ts',
    );
  });

  it('does not matter when no file belongs to it', () => {
    const target = makeTarget({ ...files, 'tsconfig.json': STRICT, 'other/tsconfig.json': '{' });
    expect(target.open(['src/use.ts']).projects.map(({ config }) => path.basename(config!))).toEqual(['tsconfig.json']);
  });
});
