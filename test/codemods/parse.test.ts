import { expect, test } from 'vitest';
import { parseFile, SourceSyntaxError } from '../../codemods/lib/parse.ts';

test.each([
  ['a.ts', 'let a = <string>b; enum E { A } abstract class C { constructor(private x: number) {} }'],
  ['a.tsx', 'const a = <T,>(x: T) => <div>{x as string}</div>;'],
  ['a.d.ts', 'export declare const a: string; declare module "x" { export function f(): void; }'],
  ['a.cts', 'import x = require("./x"); export = x;'],
  ['a.js', 'const a = <div/>; return a;'],
  ['a.js', '// @flow\nimport type { A } from "./a"; const b = (c: ?A): A => c;'],
  ['a.js', '/**\n * @flow strict\n */\ntype A = {| a: ?number |};'],
  ['a.cjs', 'with_ = 1; await_ = 010; module.exports = await_;'],
  ['a.mjs', 'const a = await import("./a.json", { with: { type: "json" } });'],
  ['legacy.ts', 'class A { constructor(@inject("x") private x: X) {} }'],
  ['new.ts', 'export @deco class A { @memo accessor b = 1; }'],
])('%s parses: %s', (path, text) => {
  const file = parseFile(path, text);
  expect(file.ast.program.body.length).toBeGreaterThan(0);
});

test('a syntax error says where', () => {
  let error: unknown;
  try {
    parseFile('src/a.ts', 'const a = 1;\r\nconst = 2;\r\n');
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(SourceSyntaxError);
  const { code, where, message, loc } = error as SourceSyntaxError;
  expect(code).toBe('SOURCE_SYNTAX');
  expect(where).toMatchObject({ file: 'src/a.ts', line: 2, column: 7 });
  expect(loc).toEqual({ line: 2, column: 6 });
  expect(message).not.toMatch(/\(\d+:\d+\)/);
});
