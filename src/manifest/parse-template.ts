import { parseExpression } from '@babel/parser';
import type { RerouteError } from '../base/errors.ts';
import { badMapping } from './bad-mapping.ts';
import type { Mapping, Parameter, Template } from './migration.ts';
import { childOf, childrenOf, isNode, listOf, type SyntaxNode } from './syntax-tree.ts';
import { type HolePlace, holeAt } from './template-holes.ts';
import { hasOwnThis, isFunction, type NameUse, namesIn } from './template-names.ts';

/** A template with the tree that its holes and names were read from. Offsets of nodes are offsets into the text. */
export interface ParsedTemplate {
  readonly template: Template;
  /** The places of the template's holes, in the same order. */
  readonly holes: readonly HolePlace[];
  /** Uses of names that the template itself declares. */
  readonly locals: readonly NameUse[];
  /** Uses of names that have to be imported. */
  readonly free: readonly NameUse[];
  /** How many arguments what is canonical is called with, spreads counted once; `undefined` when it is not called. */
  readonly argumentCount: number | undefined;
}

/** Names that every JavaScript has; they need no import. */
export const STANDARD_GLOBALS: ReadonlySet<string> = new Set(
  (
    'undefined NaN Infinity globalThis Object Array String Number Boolean BigInt Symbol Math JSON Date RegExp Map Set ' +
    'WeakMap WeakSet Promise Reflect Error TypeError RangeError parseInt parseFloat isNaN isFinite console'
  ).split(' '),
);

// What stands left of the text wherever it is used. It makes reserved words parse as members (`delete(key)`).
const ROOT = '$';
const LEFT = { member: `${ROOT}.`, construct: `new ${ROOT}`, call: ROOT } as const;
const FORM = {
  member: 'the canonical member, and go on with calls and members only: add(make(x)), getStats().count',
  construct: "'new' and the canonical constructor's arguments, and end there: new({ a, b })",
  call: "the canonical function's arguments: ({ a, b })",
} as const;

/**
 * The template of a mapping's right side. For `construct` the text is without its `new`.
 * Throws `MANIFEST_BAD_MAPPING` when it does not parse as JavaScript (types are not allowed: JavaScript targets get it
 * too), does not begin with what is canonical, or uses a parameter where an argument cannot stand.
 */
export function parseTemplate(of: Mapping['of'], text: string, parameters: readonly Parameter[]): ParsedTemplate {
  const root = parseRightSide(of, text);
  const chain = chainOf(root);
  const left = chain.at(-1);
  const begins = of === 'member' ? left?.type.endsWith('MemberExpression') : left?.type === 'CallExpression';
  if (of === 'construct' ? !isConstruction(root) : !begins) {
    throw badMapping(`the right side '${text}' must begin with ${FORM[of]}`);
  }
  refuseContext(root, text);

  const holes: HolePlace[] = [];
  const locals: NameUse[] = [];
  const free: NameUse[] = [];
  for (const use of namesIn(root)) {
    if (isRoot(use.node)) continue;
    if (use.local) {
      locals.push(use);
      continue;
    }
    const index = parameters.findIndex((each) => each.name === use.name);
    if (index < 0) {
      if (use.name === 'arguments' && !use.ancestors.some(({ node }) => hasOwnThis(node)))
        throw dependsOnCall(text, 'arguments');
      if (use.name !== 'arguments' && !STANDARD_GLOBALS.has(use.name)) free.push(use);
      continue;
    }
    const hole = holeAt(use, index, parameters[index]!);
    if (typeof hole === 'string') throw badMapping(`the right side '${text}' ${hole}`);
    holes.push(hole);
  }
  const freeNames = [...new Set(free.map(({ name }) => name))].sort();
  const member = of === 'member' ? (childOf(left!, 'property').name as string) : '';
  const call = of === 'member' ? chain.at(-2) : of === 'call' ? left : root;
  return {
    template: { text, member, holes: holes.map(({ hole }) => hole), freeNames },
    holes,
    locals,
    free,
    argumentCount: call && /^(?:Call|New)Expression$/.test(call.type) ? listOf(call, 'arguments').length : undefined,
  };
}

function parseRightSide(of: Mapping['of'], text: string): SyntaxNode {
  const left = LEFT[of];
  try {
    return parseExpression(left + text, {
      startIndex: -left.length,
      startLine: 1,
      createParenthesizedExpressions: true,
      allowAwaitOutsideFunction: true,
      allowSuperOutsideMethod: true,
      allowNewTargetOutsideFunction: true,
      attachComment: false,
      sourceType: 'script',
      strictMode: true,
    }) as unknown as SyntaxNode;
  } catch (error) {
    const { message, pos } = error as SyntaxError & { pos?: number };
    const [, secret] = /^Private name (#[^ ]+) is not defined/.exec(message) ?? [];
    if (secret) throw usesPrivateName(text, secret);
    const reason = message.replace(/ \(\d+:-?\d+\)$/, '').replace(/\.$/, '');
    const at = pos === undefined ? '' : ` at character ${Math.max(pos, 0) + 1}`;
    throw badMapping(`the right side '${text}' is not a JavaScript expression: ${reason}${at}`);
  }
}

export function usesPrivateName(text: string, name: string): RerouteError {
  return badMapping(
    `the right side '${text}' uses '${name}', which only code inside of its class can; name a public member, or give the ` +
      'canonical class one',
  );
}

/** The links of a chain of calls and members down to the one that hangs on the root; empty when it is no such chain. */
function chainOf(root: SyntaxNode): readonly SyntaxNode[] {
  const links: SyntaxNode[] = [];
  for (let node = root; /^(?:Optional)?(?:Member|Call)Expression$|^TaggedTemplateExpression$/.test(node.type); ) {
    links.push(node);
    const next = [node.object, node.callee, node.tag].find(isNode)!;
    if (isRoot(next)) return links;
    node = next;
  }
  return [];
}

function isConstruction(root: SyntaxNode): boolean {
  return root.type === 'NewExpression' && isRoot(childOf(root, 'callee')) && root.end > 0;
}

function isRoot(node: SyntaxNode): boolean {
  return node.type === 'Identifier' && node.name === ROOT && node.end <= 0;
}

/** Refuses what means one thing in the proxy and another at each call. */
function refuseContext(root: SyntaxNode, text: string): void {
  const visit = (node: SyntaxNode, inAsync: boolean): void => {
    if (hasOwnThis(node)) return;
    if (node.type === 'ThisExpression') throw dependsOnCall(text, 'this');
    if (node.type === 'Super') throw dependsOnCall(text, 'super');
    if (node.type === 'MetaProperty') throw dependsOnCall(text, text.slice(node.start, node.end));
    if (node.type === 'AwaitExpression' && !inAsync) throw dependsOnCall(text, 'await');
    for (const [, child] of childrenOf(node)) visit(child, isFunction(node) ? node.async === true : inAsync);
  };
  visit(root, false);
}

function dependsOnCall(text: string, word: string): RerouteError {
  return badMapping(`the right side '${text}' uses '${word}', which means something else at each call`);
}
