import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import {
  type Flow,
  type Follow,
  followBinding,
  followModule,
  NOTHING,
  passedOn,
  takenAs,
  type Walk,
} from './module-flow.ts';

const PASSED_ON = 'the promise of the module is passed on';

/** What is taken from a promise of the module: awaited, `.then`, kept in a variable, one of `Promise.all`, a loader's. */
export function followPromise(walk: Walk, promise: SyntaxNode): Flow {
  const { index } = walk.rewrite.file;
  const { parent, child } = index.parentPastWrappers(promise);
  switch (parent?.type) {
    case 'AwaitExpression':
      return followModule(walk, parent);
    case 'ExpressionStatement':
      return NOTHING;
    case 'VariableDeclarator':
      return followBinding(walk, parent.id as SyntaxNode, parent, followPromise);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return followThen(walk, parent, child);
    case 'ArrayExpression':
      return followAll(walk, parent, child);
    case 'ArrowFunctionExpression':
      return parent.body === child ? followLoader(walk, parent, promise) : passedOn(PASSED_ON);
    case 'ReturnStatement': {
      const block = index.parent(parent);
      const made = block && index.parent(block);
      const isBody = made && /^(?:ArrowFunction|Function)Expression$/.test(made.type);
      return isBody && (block.body as unknown[]).length === 1 ? followLoader(walk, made, promise) : passedOn(PASSED_ON);
    }
    default:
      return passedOn(PASSED_ON);
  }
}

/** `promise.then(({ X }) => …)`, `promise.then((module) => module.X)`; what becomes of a failure does not matter. */
function followThen(walk: Walk, member: SyntaxNode, child: SyntaxNode): Flow {
  const callback = thenCallback(walk, member, child);
  return callback ? followParameter(walk, callback, (parameter) => parameter) : passedOn(PASSED_ON);
}

function thenCallback({ rewrite }: Walk, member: SyntaxNode, child: SyntaxNode): SyntaxNode | undefined {
  const call = rewrite.file.index.parent(member);
  const isThen = member.object === child && member.computed !== true && (member.property as SyntaxNode).name === 'then';
  if (!isThen || call?.type !== 'CallExpression' || call.callee !== member) return undefined;
  return (call.arguments as readonly SyntaxNode[])[0];
}

type Part = (pattern: SyntaxNode) => SyntaxNode | undefined;

function followParameter(walk: Walk, callback: SyntaxNode, part: Part): Flow {
  if (callback.type !== 'ArrowFunctionExpression' && callback.type !== 'FunctionExpression') return passedOn(PASSED_ON);
  const [parameter] = callback.params as readonly SyntaxNode[];
  if (!parameter) return NOTHING;
  const id = part(parameter);
  return id ? followBinding(walk, id, callback, followModule) : passedOn(PASSED_ON);
}

/** One of `await Promise.all([…, import('…'), …])`, when an array pattern tells the modules apart. */
function followAll(walk: Walk, array: SyntaxNode, element: SyntaxNode): Flow {
  const { index, text } = walk.rewrite.file;
  const elements = array.elements as readonly (SyntaxNode | null)[];
  const at = elements.indexOf(element);
  const call = index.parent(array);
  const callee = call?.callee as SyntaxNode | undefined;
  const isAll = callee && /^Promise\s*\.\s*all$/.test(text.slice(callee.start, callee.end));
  if (!call || !isAll || elements.slice(0, at).some((each) => each?.type === 'SpreadElement'))
    return passedOn(PASSED_ON);
  const part: Part = (pattern) => {
    const found =
      pattern.type === 'ArrayPattern' ? (pattern.elements as readonly (SyntaxNode | null)[])[at] : undefined;
    return found ?? undefined;
  };
  const { parent, child } = index.parentPastWrappers(call);
  if (parent?.type === 'AwaitExpression') {
    const { parent: holder, child: value } = index.parentPastWrappers(parent);
    const id =
      holder?.type === 'VariableDeclarator' && holder.init === value ? part(holder.id as SyntaxNode) : undefined;
    return id ? followBinding(walk, id, holder!, followModule) : passedOn(PASSED_ON);
  }
  const callback = parent?.type === 'MemberExpression' ? thenCallback(walk, parent, child) : undefined;
  return callback ? followParameter(walk, callback, part) : passedOn(PASSED_ON);
}

/** `lazy(() => import('…'))`, which takes the default export, or `const load = () => import('…')`, when every use calls it. */
function followLoader(walk: Walk, made: SyntaxNode, promise: SyntaxNode): Flow {
  const { index } = walk.rewrite.file;
  const { parent, child } = index.parentPastWrappers(made);
  if (parent?.type === 'CallExpression' && isLazy(walk, parent.callee as SyntaxNode))
    return takenAs(promise, promise, 'default', 'implied');
  if (parent?.type !== 'VariableDeclarator' || parent.init !== child) return passedOn(PASSED_ON);
  const followCall: Follow = (_walk, reference) => {
    const { parent: call, key } = index.positionOf(reference);
    return call?.type === 'CallExpression' && key === 'callee' ? followPromise(walk, call) : passedOn(PASSED_ON);
  };
  return followBinding(walk, parent.id as SyntaxNode, parent, followCall);
}

const LAZY_SOURCES = new Set(['react', 'preact/compat', 'solid-js']);

/** `lazy` or `React.lazy`, imported from one of the libraries whose `lazy` takes the default export. */
function isLazy({ rewrite }: Walk, callee: SyntaxNode): boolean {
  const imports = rewrite.editor.statements.filter(({ specifier }) => LAZY_SOURCES.has(specifier));
  const isNamed = (node: SyntaxNode | undefined, name: unknown) =>
    (node?.local as SyntaxNode | undefined)?.name === name;
  if (callee.type === 'Identifier')
    return imports.some(({ named }) =>
      named.some((each) => isNamed(each, callee.name) && (each.imported as SyntaxNode).name === 'lazy'),
    );
  if (callee.type !== 'MemberExpression' || (callee.property as SyntaxNode).name !== 'lazy') return false;
  const { name } = callee.object as SyntaxNode;
  return imports.some(({ defaultName, namespace }) => isNamed(defaultName, name) || isNamed(namespace, name));
}
