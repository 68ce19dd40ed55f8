import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { isPlainText, stringValue } from '../lib/syntax-index.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Form, SpecifierSite } from './form.ts';
import { isAbout, isFactoryOf, namingCall, testCall } from './mock-factory.ts';
import { type Flow, followBinding, followModule, passedOn, takenAs, together, type Walk } from './module-flow.ts';
import { flowForm } from './module-object.ts';
import { followPromise } from './promise-flow.ts';

/**
 * `import('…').X` and `typeof import('…')` where a type is asked for. The type of the whole module moves with the value
 * that it describes: a cast or annotated variable, the type argument of `importActual`.
 */
export function typeForm(rewrite: FileRewrite, site: SpecifierSite, type: SyntaxNode, group: string): Form {
  const qualifier = type.qualifier as SyntaxNode | null | undefined;
  if (qualifier) {
    const word = leftmost(qualifier);
    return flowForm(rewrite, site, takenAs(type, word, word.name as string), group);
  }
  const { index } = rewrite.file;
  const query = index.parent(type);
  if (query?.type !== 'TSTypeQuery') return flowForm(rewrite, site, passedOn(), group);
  const { flow, value } = followType({ rewrite, site }, query);
  return flowForm(rewrite, site, flow, value ? `module:${value.start}` : group);
}

function leftmost(qualifier: SyntaxNode): SyntaxNode {
  let node = qualifier;
  while (node.type === 'TSQualifiedName') node = node.left as SyntaxNode;
  return node;
}

interface TypeFlow {
  readonly flow: Flow;
  /** The expression whose type it is: both move, or none. */
  readonly value?: SyntaxNode;
}

/** What is taken from `typeof import('…')`, or from the value that has this type. */
function followType(walk: Walk, query: SyntaxNode): TypeFlow {
  const { rewrite, site } = walk;
  const { index } = rewrite.file;
  let type = query;
  while (index.parent(type)?.type === 'TSParenthesizedType') type = index.parent(type)!;
  const parent = index.parent(type);
  switch (parent?.type) {
    case 'TSIndexedAccessType': {
      const key = literalOf(parent.indexType as SyntaxNode);
      return { flow: parent.objectType === type && key ? takenAs(parent, key, stringValue(key)!) : passedOn() };
    }
    case 'TSTypeParameterInstantiation':
      return followTypeArgument(walk, parent, type);
    case 'TSAsExpression':
    case 'TSSatisfiesExpression': {
      const value = parent.expression as SyntaxNode;
      const isLoaded = rewrite.isModule(value, site.destinations.module);
      return isLoaded ? { flow: followModule(walk, parent), value: loadOf(value) } : { flow: passedOn() };
    }
    case 'TSTypeAnnotation': {
      const id = index.parent(parent);
      const declarator = id && index.parent(id);
      const init = declarator?.init as SyntaxNode | null | undefined;
      const isVariable = declarator?.type === 'VariableDeclarator' && declarator.id === id;
      if (!id || !declarator || !isVariable || (init && !rewrite.isModule(init, site.destinations.module)))
        return { flow: passedOn() };
      return { flow: followBinding(walk, id, declarator, followModule), value: id };
    }
    default:
      return { flow: passedOn() };
  }
}

/**
 * `importActual<typeof import('…')>('…')`, `mock<typeof import('…')>('…')`, `importOriginal<…>()` in a mock's factory,
 * `Pick<typeof import('…'), 'X'>`.
 */
function followTypeArgument(walk: Walk, list: SyntaxNode, type: SyntaxNode): TypeFlow {
  const { rewrite, site } = walk;
  const { index } = rewrite.file;
  const user = index.parent(list)!;
  if (user.type === 'CallExpression') {
    const callee = user.callee as SyntaxNode;
    const what = isAbout(rewrite, user, site.destinations.module) ? testCall(user) : undefined;
    if (what === 'mock') return { flow: { taken: [], inMock: true }, value: namingCall(user) };
    if (what === 'loads') {
      const isPromise = /^import/.test((callee.property as SyntaxNode).name as string);
      return { flow: (isPromise ? followPromise : followModule)(walk, user), value: user };
    }
    const [binding] = callee.type === 'Identifier' ? index.bindings(callee.name as string) : [];
    const made = binding && index.parent(binding);
    if (made && isFactoryOf(rewrite, made, site.destinations.module)) return { flow: followPromise(walk, user) };
    return { flow: passedOn() };
  }
  const [first, keys] = list.params as readonly SyntaxNode[];
  const isPick = user.type === 'TSTypeReference' && (user.typeName as SyntaxNode).name === 'Pick' && first === type;
  if (!isPick || !keys) return { flow: passedOn() };
  const literals = (keys.type === 'TSUnionType' ? (keys.types as readonly SyntaxNode[]) : [keys]).map(literalOf);
  const flows = literals.map((key) => (key ? takenAs(user, key, stringValue(key)!, 'apart') : passedOn()));
  return { flow: together(flows) };
}

function literalOf(type: SyntaxNode): SyntaxNode | undefined {
  const literal = type.type === 'TSLiteralType' ? (type.literal as SyntaxNode) : undefined;
  return literal && isPlainText(literal) ? literal : undefined;
}

/** The call in `await import('…')` or `require('…')`. */
function loadOf(value: SyntaxNode): SyntaxNode {
  let node = value;
  while (node.type !== 'CallExpression') node = (node.argument ?? node.expression) as SyntaxNode;
  return node;
}
