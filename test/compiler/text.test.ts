import { describe, expect, it } from 'vitest';
import { inComment } from '../../src/compiler/in-comment.ts';
import { parseJsonc } from '../../src/compiler/projects/jsonc.ts';
import { findWorkspacePackages } from '../../src/compiler/projects/workspace-packages.ts';
import { findRelativeModule } from '../../src/compiler/relative-module.ts';
import { makeTarget } from './target.ts';

describe('whether an offset stands in a comment', () => {
  it.each([
    ['a line comment', 'a();\n  // b X', 'yes'],
    ['a comment behind code', 'a(); // X', 'maybe'],
    ['an address in a string', 'a("http://b", X', 'maybe'],
    ['code in a template that writes a comment', '`\n// ${X', 'maybe'],
    ['a JSDoc line', '/**\n * b X', 'yes'],
    ['a JSDoc type', '/**\n * @param {X', 'maybe'],
    ['a block comment', 'a /* X', 'maybe'],
    ['after a block comment', '/* a */ X', 'no'],
    ['after a line comment', '// a\nX', 'no'],
    ['a product', 'const a = b\n * X', 'no'],
    ['the start', 'X', 'no'],
  ])('%s', (_name, text, expected) => {
    expect(inComment(text, text.indexOf('X'))).toBe(expected);
  });
});

describe('JSON as tsconfig files have it', () => {
  it('may have comments and trailing commas, which strings keep', () => {
    const text = '{ // one\n "a": "// no, ] /* x */", /* two */ "b": [1, 2, ],\n}';
    expect(parseJsonc(text)).toEqual({ a: '// no, ] /* x */', b: [1, 2] });
  });

  it('is undefined when it does not parse', () => {
    expect(parseJsonc('{ "a": ')).toBeUndefined();
  });
});

describe('a relative specifier by name', () => {
  const files = ['/t/a.ts', '/t/a.js', '/t/b.js', '/t/c/index.ts', '/t/d.vue', '/t/e.d.ts'];
  it.each([
    ['./a', '/t/a.ts'],
    ['./a.js', '/t/a.ts'],
    ['./b.js', '/t/b.js'],
    ['./c', '/t/c/index.ts'],
    ['.', undefined],
    ['./d.vue', '/t/d.vue'],
    ['./e', '/t/e.d.ts'],
    ['./none', undefined],
    ['a', undefined],
  ])('%s', (specifier, expected) => {
    expect(findRelativeModule('/t/use.ts', specifier, (file) => files.includes(file))).toBe(expected);
  });
});

describe('workspace packages', () => {
  it('are those that the patterns name, without those they take away and without dependencies', () => {
    const target = makeTarget({
      'pnpm-workspace.yaml':
        "packages:\n  # ours\n  - 'packages/*'\n  - tools/**\n  - '!packages/old'\nonlyBuiltDependencies:\n  - other\n",
      'packages/a/package.json': { name: 'a' },
      'packages/old/package.json': { name: 'old' },
      'packages/nameless/package.json': {},
      'tools/deep/b/package.json': { name: '@x/b' },
      'tools/deep/b/node_modules/c/package.json': { name: 'c' },
      'other/package.json': { name: 'other' },
    });
    const packages = findWorkspacePackages(target.root, (file) => readIfThere(target, target.relative(file)));
    expect(packages.map(({ name, folder }) => [name, target.relative(folder)])).toEqual([
      ['a', 'packages/a'],
      ['@x/b', 'tools/deep/b'],
    ]);
  });
});

function readIfThere(target: ReturnType<typeof makeTarget>, relative: string): string | undefined {
  try {
    return target.text(relative);
  } catch {
    return undefined;
  }
}
