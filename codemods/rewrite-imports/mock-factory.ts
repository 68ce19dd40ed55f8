import { formatModule, type ModuleRef } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { unwrapped } from '../lib/syntax-index.ts';
import type { FileRewrite } from './file-rewrite.ts';

/** Calls of a test library that put something else in a module's place, or take it away again. */
const MOCKS = /^(?:mock|doMock|unmock|doUnmock|dontMock|deepUnmock|setMock|unstable_mockModule|unstable_unmockModule)$/;

/** Calls that give a module, or its mock. */
const LOADERS = /^(?:importActual|importMock|requireActual|requireMock|createMockFromModule|genMockFromModule)$/;

/** What a call of `vi`, `jest` or node's `mock` does with the module that its first argument names. */
export function testCall({ type, callee }: SyntaxNode): 'mock' | 'node-mock' | 'loads' | undefined {
  if (type !== 'CallExpression') return undefined;
  const { type: calleeType, object, property } = callee as SyntaxNode;
  if (calleeType !== 'MemberExpression') return undefined;
  const name = String((property as SyntaxNode).name);
  const holder = object as SyntaxNode;
  if (/^(?:vi|vitest|jest)$/.test(String(holder.name)))
    return MOCKS.test(name) ? 'mock' : LOADERS.test(name) ? 'loads' : undefined;
  const isNode = holder.name === 'mock' || (holder.property as SyntaxNode | undefined)?.name === 'mock';
  return isNode && name === 'module' ? 'node-mock' : undefined;
}

/** The call that has the specifier of a mock as its first argument: the mock, or the `import()` that it is given. */
export function namingCall(mock: SyntaxNode): SyntaxNode {
  const [first] = mock.arguments as readonly SyntaxNode[];
  const isImport = first?.type === 'CallExpression' && (first.callee as SyntaxNode).type === 'Import';
  return isImport ? first : mock;
}

/** Whether a call of a test library is about the module. */
export function isAbout(rewrite: FileRewrite, call: SyntaxNode, module: ModuleRef): boolean {
  const [specifier] = namingCall(call).arguments as readonly SyntaxNode[];
  const named = specifier && rewrite.moduleAt(specifier);
  return named !== undefined && formatModule(named) === formatModule(module);
}

/** What stands in the module's place: the object that a factory returns, or that is given as such. */
export function factoryObject(factory: SyntaxNode): SyntaxNode | undefined {
  const made = unwrapped(factory);
  if (made.type === 'ObjectExpression') return made;
  if (made.type !== 'ArrowFunctionExpression' && made.type !== 'FunctionExpression') return undefined;
  const body = unwrapped(made.body as SyntaxNode);
  if (body.type === 'ObjectExpression') return body;
  if (body.type !== 'BlockStatement') return undefined;
  const statements = body.body as readonly SyntaxNode[];
  const last = statements.at(-1);
  // Another `return` may make something else.
  const before = statements
    .slice(0, -1)
    .every(({ type }) => /^(?:Variable|Class|Function)Declaration$|^ExpressionStatement$/.test(type));
  if (last?.type !== 'ReturnStatement' || !last.argument || !before) return undefined;
  const value = unwrapped(last.argument as SyntaxNode);
  return value.type === 'ObjectExpression' ? value : undefined;
}

/** Whether `...actual` stands in the object that a mock of the module makes. */
export function isSpreadInMock(rewrite: FileRewrite, spread: SyntaxNode, module: ModuleRef): boolean {
  const { index } = rewrite.file;
  const object = index.parent(spread);
  for (let node = object; node; node = index.parent(node)) {
    if (testCall(node) !== 'mock') continue;
    const factory = (node.arguments as readonly SyntaxNode[])[1];
    return factory !== undefined && factoryObject(factory) === object && isFactoryOf(rewrite, factory, module);
  }
  return false;
}

/** Whether a function is the factory of a mock of the module. */
export function isFactoryOf(rewrite: FileRewrite, made: SyntaxNode, module: ModuleRef): boolean {
  const call = rewrite.file.index.parent(made);
  if (!call || testCall(call) !== 'mock' || (call.arguments as readonly SyntaxNode[])[1] !== made) return false;
  return isAbout(rewrite, call, module);
}
