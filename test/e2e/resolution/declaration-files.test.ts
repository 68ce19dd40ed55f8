import { describe, expect, test } from 'vitest';
import { migrates } from './resolution-target.ts';

const source = (member: string) => `export class Router {\n  ${member}() {\n    return 1;\n  }\n}\n`;
const declaration = (member: string) => `export declare class Router {\n  ${member}(): number;\n}\n`;
const use = (specifier: string, member: string) =>
  `import { Router } from '${specifier}';\nexport const one = new Router().${member}();\n`;
const heir = (specifier: string, member: string) =>
  `import { Router } from '${specifier}';\nexport class Heir extends Router {\n  override ${member}() {\n    return super.${member}() + 1;\n  }\n}\n`;

function tsconfig(options: object): string {
  const base = { strict: true, noEmit: true, module: 'esnext', moduleResolution: 'bundler', types: [] };
  return JSON.stringify({ compilerOptions: { ...base, ...options }, include: ['src'] });
}

describe('a declaration file beside a script stands for it', { timeout: 120_000 }, () => {
  test.each([
    ['src/new.js', { 'src/new.d.ts': declaration('add') }],
    ['src/new.ts', {}],
  ])('in imports and members, from there to %s', async (canonical, beside) => {
    await migrates({
      files: {
        'tsconfig.json': tsconfig({}),
        'src/old.js': source('register'),
        'src/old.d.ts': declaration('register'),
        [canonical]: source('add'),
        ...beside,
        'src/use.ts': use('./old', 'register'),
        'src/script.js': use('./old.js', 'register'),
        'src/heir.ts': heir('./old', 'register'),
      },
      canonical: { [canonical]: { Router: { replaces: ['src/old.js#Router'], members: { register: 'add' } } } },
      expected: {
        'src/use.ts': use('./new', 'add'),
        'src/script.js': use('./new.js', 'add'),
        'src/heir.ts': heir('./new', 'add'),
      },
    });
  });

  test('when members are renamed in place, in both', async () => {
    const record = await migrates({
      files: {
        'tsconfig.json': tsconfig({ allowJs: true }),
        'src/router.js': source('register'),
        'src/router.d.ts': declaration('register'),
        'src/use.ts': use('./router', 'register'),
      },
      canonical: { 'src/router.js': { Router: { members: { register: 'add' } } } },
      expected: {
        'src/router.js': source('add'),
        'src/router.d.ts': declaration('add'),
        'src/use.ts': use('./router', 'add'),
      },
    });
    expect(record.account).toEqual({ found: 3, edited: 3, review: 0, left: 0 });
  });
});
