import { SPIES } from '../../src/base/spies.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Reason } from '../../src/survey/usage.ts';
import { moduleName } from '../lib/import-statements.ts';
import { reason } from '../lib/reasons.ts';
import { isPlainText, stringValue, unwrapped } from '../lib/syntax-index.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { SpecifierSite } from './form.ts';
import { isSpreadInMock } from './mock-factory.ts';

/** A module whose values are followed through a file. */
export interface Walk {
  readonly rewrite: FileRewrite;
  readonly site: SpecifierSite;
}

/** One name that is taken from a module which is there as an object. */
export interface Taken {
  /** `module.X`, the pattern's property, or the call that names it: what stands for the export from there on. */
  readonly node: SyntaxNode;
  /** The name, or the string that spells it; for `implied` ones the promise. */
  readonly word: SyntaxNode;
  readonly name: string;
  /**
   * `member`: its value is used where it stands. `apart`: by a pattern or a name in a string; where the value goes from
   * there is not followed. `implied`: `lazy(() => import('…'))` takes the default export without naming it.
   */
  readonly how: 'member' | 'apart' | 'implied';
}

/** What is taken from a module, and why that is not all that may be. */
export interface Flow {
  readonly taken: readonly Taken[];
  /** It is spread into what a mock of the same module makes. */
  readonly inMock?: boolean;
  readonly obstacle?: Reason;
}

export type Follow = (walk: Walk, object: SyntaxNode) => Flow;

export const NOTHING: Flow = { taken: [] };

export function passedOn(text = 'the module is used as an object, so what is taken from it is not known'): Flow {
  return { taken: [], obstacle: reason('module-passed-on', text) };
}

export function together(flows: readonly Flow[]): Flow {
  const obstacle = flows.map((flow) => flow.obstacle).find((each) => each !== undefined);
  return {
    taken: flows.flatMap((flow) => flow.taken),
    inMock: flows.some((flow) => flow.inMock),
    ...(obstacle ? { obstacle } : {}),
  };
}

export function takenAs(node: SyntaxNode, word: SyntaxNode, name: string, how: Taken['how'] = 'member'): Flow {
  return { taken: [{ node, word, name, how }] };
}

/**
 * What is taken from an expression, type or tag that is the module: `module.X`, `const { X } = module`, `spyOn(module, 'X')`,
 * through variables and choices between the module and nothing. A test for its being there takes nothing.
 */
export function followModule(walk: Walk, object: SyntaxNode): Flow {
  const { index } = walk.rewrite.file;
  const { parent: node, child } = index.parentPastWrappers(object);
  switch (node?.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      if (node.object !== child) return passedOn();
      const word = node.property as SyntaxNode;
      if (node.computed !== true) return takenAs(node, word, word.name as string);
      return isPlainText(word) ? takenAs(node, word, stringValue(word)!) : passedOn();
    }
    case 'TSQualifiedName':
    case 'JSXMemberExpression': {
      const word = (node.right ?? node.property) as SyntaxNode;
      return word === child ? passedOn() : takenAs(node, word, word.name as string);
    }
    case 'AwaitExpression':
      return followModule(walk, node);
    case 'VariableDeclarator':
      return node.init === child ? followBinding(walk, node.id as SyntaxNode, node, followModule) : passedOn();
    case 'AssignmentExpression':
      return followAssignment(walk, node, child);
    case 'ConditionalExpression':
    case 'LogicalExpression':
      if (isTested(node, child)) return NOTHING;
      return isOnlyChoice(node, child) ? followModule(walk, node) : passedOn();
    case 'UnaryExpression':
      return node.operator === '!' || node.operator === 'typeof' ? NOTHING : passedOn();
    case 'BinaryExpression': {
      const other = (node.left === child ? node.right : node.left) as SyntaxNode;
      if (node.operator !== 'in') return isNothing(other) ? NOTHING : passedOn();
      return node.right === child && isPlainText(other)
        ? takenAs(node, other, stringValue(other)!, 'apart')
        : passedOn();
    }
    case 'CallExpression':
      return followArgument(walk, node, child);
    case 'SpreadElement': {
      const isIn = isSpreadInMock(walk.rewrite, node, walk.site.destinations.module);
      return isIn ? { taken: [], inMock: true } : passedOn();
    }
    case 'IfStatement':
    case 'ExpressionStatement':
      return NOTHING;
    default:
      return passedOn();
  }
}

/** What is taken through the name or the pattern that a module, or its promise, is bound to. `binder` is its declarator, function or assignment. */
export function followBinding(walk: Walk, id: SyntaxNode, binder: SyntaxNode, follow: Follow): Flow {
  if (id.type === 'ObjectPattern') return follow === followModule ? takenApart(id) : passedOn();
  if (id.type !== 'Identifier') return passedOn();
  const { rewrite, site } = walk;
  const { index } = rewrite.file;
  const name = id.name as string;
  const scope = rewrite.scopeOf(binder);
  const inScope = (node: SyntaxNode) => scope.start <= node.start && node.end <= scope.end;
  if (index.bindings(name).filter(inScope).length > 1)
    return { taken: [], obstacle: reason('shadowed', `'${name}' is declared a second time in its scope`) };
  if (rewrite.isExported(id))
    return passedOn('the module is exported as an object, so what is taken from it is not known');
  const isWritten = (node: SyntaxNode) => {
    const { parent, key } = index.positionOf(node);
    return parent?.type === 'AssignmentExpression' && key === 'left';
  };
  const references = index.references(name).filter(inScope);
  const others = references.filter(isWritten).map((node) => index.parent(node)!.right as SyntaxNode);
  if (!others.every((value) => isNothing(value) || rewrite.isModule(value, site.destinations.module)))
    return passedOn(`'${name}' is given another value too`);
  return together(references.filter((node) => !isWritten(node)).map((reference) => follow(walk, reference)));
}

/** The names that a pattern takes; its rest takes all others. */
function takenApart(pattern: SyntaxNode): Flow {
  const flows = (pattern.properties as readonly SyntaxNode[]).map((property) => {
    const key = property.key as SyntaxNode | undefined;
    if (property.type !== 'ObjectProperty' || !key || (property.computed === true && !isPlainText(key)))
      return passedOn('takes the rest of the module, or a name that is computed');
    const name = property.computed === true ? stringValue(key)! : moduleName(key);
    return takenAs(property, key, name, 'apart');
  });
  return together(flows);
}

/** `({ X: local } = module)` and `held = module`, where `held` is a variable for the module and nothing else. */
function followAssignment(walk: Walk, node: SyntaxNode, child: SyntaxNode): Flow {
  const { rewrite, site } = walk;
  const { index } = rewrite.file;
  if (node.right !== child || node.operator !== '=') return passedOn();
  if (index.parentPastWrappers(node).parent?.type !== 'ExpressionStatement') return passedOn();
  const left = unwrapped(node.left as SyntaxNode);
  if (left.type === 'ObjectPattern') return takenApart(left);
  const [binding, ...more] = left.type === 'Identifier' ? index.bindings(left.name as string) : [];
  const declarator = binding && index.parent(binding);
  if (!binding || more.length > 0 || declarator?.type !== 'VariableDeclarator') return passedOn();
  const { init } = declarator as unknown as { readonly init: SyntaxNode | null };
  if (init && !isNothing(init) && !rewrite.isModule(init, site.destinations.module))
    return passedOn(`'${left.name}' is given another value too`);
  return followBinding(walk, binding, declarator, followModule);
}

/** `vi.spyOn(module, 'X')` takes a name, `vi.mocked(module)` is the module again; `__importStar(…)` of compiled code too. */
function followArgument(walk: Walk, call: SyntaxNode, child: SyntaxNode): Flow {
  const [first, second] = call.arguments as readonly SyntaxNode[];
  const callee = call.callee as SyntaxNode;
  const name = String(((callee.property ?? callee) as SyntaxNode).name);
  if (first !== child) return passedOn();
  if (SPIES.has(name) && second && isPlainText(second)) return takenAs(call, second, stringValue(second)!, 'apart');
  const isSame = name === 'mocked' || (callee.type === 'Identifier' && name === '__importStar');
  return isSame ? followModule(walk, call) : passedOn();
}

/** Whether a part of a condition is only asked for its being there. */
function isTested(node: SyntaxNode, child: SyntaxNode): boolean {
  return node.type === 'ConditionalExpression' ? node.test === child : node.operator === '&&' && node.left === child;
}

/** Whether a choice is between the module and nothing. */
function isOnlyChoice(node: SyntaxNode, child: SyntaxNode): boolean {
  if (node.type === 'ConditionalExpression')
    return isNothing((node.consequent === child ? node.alternate : node.consequent) as SyntaxNode);
  return node.right === child ? node.operator === '&&' : isNothing(node.right as SyntaxNode);
}

/** `null`, `undefined`, `void 0`, `{}`. */
function isNothing(node: SyntaxNode): boolean {
  const inner = unwrapped(node);
  if (inner.type === 'ObjectExpression') return (inner.properties as unknown[]).length === 0;
  if (inner.type === 'UnaryExpression') return inner.operator === 'void';
  return inner.type === 'NullLiteral' || (inner.type === 'Identifier' && inner.name === 'undefined');
}
