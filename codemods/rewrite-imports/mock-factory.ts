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
function factoryObject(factory: SyntaxNode): SyntaxNode | undefined {
  const made = unwrapped(factory);
  const given = made.type === 'ObjectExpression' ? made : factoryResult(made);
  return given?.type === 'ObjectExpression' ? given : undefined;
}

/** The one expression that a function returns. */
export function factoryResult(made: SyntaxNode): SyntaxNode | undefined {
  if (!/^(?:ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/.test(made.type)) return undefined;
  const body = unwrapped(made.body as SyntaxNode);
  if (body.type !== 'BlockStatement') return body;
  const statements = body.body as readonly SyntaxNode[];
  const last = statements.at(-1);
  // Another `return` may make something else.
  const before = statements
    .slice(0, -1)
    .every(({ type }) => /^(?:Variable|Class|Function)Declaration$|^ExpressionStatement$/.test(type));
  return last?.type === 'ReturnStatement' && last.argument && before
    ? unwrapped(last.argument as SyntaxNode)
    : undefined;
}

/** Whether `...actual` stands in the object that a mock of the module makes. */
export function isSpreadInMock(rewrite: FileRewrite, spread: SyntaxNode, module: ModuleRef): boolean {
  const { index } = rewrite.file;
  const object = index.parent(spread);
  for (let node = object; node; node = index.parent(node))
    if (factoryObject(node) === object && isFactoryOf(rewrite, node, module)) return true;
  return false;
}

/** Whether a function, or what is given in its place, is the factory of the module's mocks, there or under a name. */
export function isFactoryOf(rewrite: FileRewrite, made: SyntaxNode, module: ModuleRef): boolean {
  const { index } = rewrite.file;
  if (isFactoryArgument(rewrite, made, module)) return true;
  const declared = made.type === 'FunctionDeclaration' ? made : index.parentPastWrappers(made).parent;
  const id = declared?.id as SyntaxNode | undefined;
  return id?.type === 'Identifier' && isFactoryName(rewrite, id, module);
}

/** Whether a constant's or a function's name is the factory of the module's mocks and nothing else. */
export function isFactoryName(rewrite: FileRewrite, binding: SyntaxNode, module: ModuleRef): boolean {
  const { index } = rewrite.file;
  const name = binding.name as string;
  const declared = index.parent(binding);
  const statement = declared?.type === 'VariableDeclarator' ? index.parent(declared) : declared;
  if (!statement || (statement.kind !== 'const' && statement.type !== 'FunctionDeclaration')) return false;
  if (index.bindings(name).length > 1 || index.parent(statement)?.type === 'ExportNamedDeclaration') return false;
  const uses = index.references(name);
  return uses.length > 0 && uses.every((use) => isFactoryArgument(rewrite, use, module));
}

function isFactoryArgument(rewrite: FileRewrite, given: SyntaxNode, module: ModuleRef): boolean {
  const { parent: call, child } = rewrite.file.index.parentPastWrappers(given);
  if (!call || testCall(call) !== 'mock' || (call.arguments as readonly SyntaxNode[])[1] !== child) return false;
  return isAbout(rewrite, call, module);
}
