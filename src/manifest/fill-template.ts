import type { TextRange } from '../base/places.ts';
import { type ArgumentText, readArgument } from './argument-text.ts';
import { type Absence, gapsOf } from './list-gaps.ts';
import type { Mapping } from './migration.ts';
import { type ParsedTemplate, parseTemplate } from './parse-template.ts';
import { mixesCoalescing, Tightness, tightnessDemanded } from './precedence.ts';
import { renamedLocals, writtenAs } from './renamed-locals.ts';
import { childOf, type SyntaxNode } from './syntax-tree.ts';
import type { HolePlace } from './template-holes.ts';

/** A range of the template and what stands there instead. */
interface Splice extends TextRange {
  readonly text: string;
}

/**
 * A mapping's right side with argument texts in its holes: the proxy's forwarding body and the codemod's rewrite.
 *
 * `args` are by position, as they stand in the call; a rest parameter takes all that are left (`...rest` is one such
 * text). `undefined` is an argument that is absent: it is dropped where it is a trailing argument or a property of an
 * object literal, and written `undefined` elsewhere. An argument gets parentheses where its hole demands them, and a
 * name that the template declares itself is renamed when an argument speaks of another thing by that name. `imported` says
 * under which names a file has what the template needs, where they are others.
 *
 * A plain rename gives the new name. `construct` and `call` give a text that begins with the argument list.
 * The arguments must fit ({@link fits}); throws otherwise. It does not judge whether evaluating an argument later,
 * twice or never is right: see {@link Hole.deferred} and the order of the holes.
 */
export function fillTemplate(
  mapping: Mapping,
  args: readonly (string | undefined)[],
  imported: ReadonlyMap<string, string> = new Map(),
): string {
  const { parameters, to } = mapping;
  if (!parameters) return to.text;
  const parsed = parsedOf(mapping);
  const rest = parameters.findIndex((parameter) => parameter.rest);
  if (rest < 0 && args.length > parameters.length)
    throw new Error(`'${mapping.source.from}' takes no ${args.length} arguments`);

  const read = args.map((arg) => (arg === undefined ? undefined : readArgument(arg)));
  const given = parameters.map(({ name, optional }, index) => {
    if (index === rest) return read.slice(index).filter((arg) => arg !== undefined);
    const arg = read[index];
    if (!arg && !optional) throw new Error(`'${mapping.source.from}' needs its argument '${name}'`);
    return arg ? [arg] : [];
  });

  const gaps = gapsIn(parsed, given, rest);
  const splices: Splice[] = gaps.map((gap) => ({ ...gap, text: '' }));
  for (const place of parsed.holes) {
    const { start, end, parameter } = place.hole;
    if (gaps.some((gap) => gap.start <= start && end <= gap.end)) continue;
    const dead = deadDefault(place, given[parameter]!, parsed.holes);
    if (dead) splices.push({ ...dead, text: '' });
    if (dead && dead.start <= start) continue;
    splices.push({ start, end, text: holeText(place, given[parameter]!, parameters[parameter]!, to.text) });
  }
  for (const rename of renamedLocals(parsed, given)) splices.push(rename);
  for (const use of parsed.free) {
    const name = imported.get(use.name) ?? use.name;
    const { start, end } = use.node;
    if (name !== use.name) splices.push({ start, end, text: writtenAs(use, name) });
  }
  return spliced(to.text, splices);
}

const parsedTemplates = new WeakMap<Mapping, ParsedTemplate>();

/** The tree is not part of the {@link Mapping}, which is plain data; it is read again from the text, once. */
function parsedOf(mapping: Mapping): ParsedTemplate {
  let parsed = parsedTemplates.get(mapping);
  if (!parsed) {
    parsed = parseTemplate(mapping.of, mapping.to.text, mapping.parameters ?? []);
    parsedTemplates.set(mapping, parsed);
  }
  return parsed;
}

function gapsIn(
  { holes }: ParsedTemplate,
  given: readonly (readonly ArgumentText[])[],
  rest: number,
): readonly TextRange[] {
  const absent = new Map<SyntaxNode, Absence>();
  for (const { hole, node } of holes) {
    if (given[hole.parameter]!.length > 0) continue;
    if (node.type === 'SpreadElement') absent.set(node, 'anywhere');
    else if (hole.parameter !== rest) absent.set(node, 'trailing');
  }
  const lists = new Set(
    holes.filter(({ node }) => absent.has(node)).flatMap(({ ancestors }) => ancestors.map(({ node }) => node)),
  );
  return [...lists].flatMap((list) => gapsOf(list, (item) => absent.get(item) ?? 'present'));
}

const NEVER_NULLISH =
  /^(?:(?:String|Numeric|Boolean|BigInt|RegExp|Template)Literal|(?:Object|Array|Class|New|Function|ArrowFunction)Expression)$/;

/**
 * What needs not be said of `parameter ?? default`: the left side when the argument is absent, the default when it is a
 * value that is never nullish (TypeScript refuses a default that cannot be reached). `undefined` when all stays.
 */
function deadDefault(
  { hole, node, ancestors }: HolePlace,
  [argument]: readonly ArgumentText[],
  holes: readonly HolePlace[],
): TextRange | undefined {
  const { node: parent, key } = ancestors.at(-1)!;
  if (parent.type !== 'LogicalExpression' || parent.operator !== '??' || key !== 'left') return undefined;
  const right = childOf(parent, 'right');
  if (!argument) return { start: node.start, end: right.start };
  const isUsed = holes.some((other) => other.hole.start > hole.end && other.hole.end <= parent.end);
  if (isUsed || !NEVER_NULLISH.test(argument.node?.type ?? '')) return undefined;
  return { start: node.end, end: right.end };
}

function holeText(
  place: HolePlace,
  given: readonly ArgumentText[],
  { name, rest }: { readonly name: string; readonly rest: boolean },
  template: string,
): string {
  if (rest) {
    const list = given
      .map((arg) => (arg.tightness < Tightness.assignment && arg.node ? `(${arg.text})` : arg.text))
      .join(', ');
    if (place.node.type === 'SpreadElement') return list === '' ? '...[]' : list;
    return place.hole.shorthand ? `${name}: [${list}]` : `[${list}]`;
  }
  const [arg] = given;
  const text = arg === undefined ? 'undefined' : needsParentheses(place, arg, template) ? `(${arg.text})` : arg.text;
  if (!place.hole.shorthand) return text;
  return text === name ? name : `${name}: ${text}`;
}

function needsParentheses(
  { hole, ancestors }: HolePlace,
  { node, text, tightness }: ArgumentText,
  template: string,
): boolean {
  const parent = ancestors.at(-1)!;
  const demanded = tightnessDemanded(parent);
  if (!node) return demanded > Tightness.assignment || startsStatement(hole.start, ancestors);
  if (tightness < demanded || mixesCoalescing(node, parent.node)) return true;
  // `1.foo` is a number and a name; `a - -b` without its blank is a decrement; `a / /b/` is a comment.
  if (node.type === 'NumericLiteral' && demanded === Tightness.call) return true;
  if (/[+\-/]/.test(text[0]!) && template[hole.start - 1] === text[0]) return true;
  return /^(?:\{|function\b|class\b|async\b|let\b)/.test(text) && startsStatement(hole.start, ancestors);
}

/** Where `{`, `function`, `class` and `let [` would begin something that is no expression. */
function startsStatement(start: number, ancestors: HolePlace['ancestors']): boolean {
  return ancestors.some(({ node, key }) => {
    if (node.type === 'ExpressionStatement') return node.start === start;
    return node.type === 'ArrowFunctionExpression' && key === 'body' && (node.body as SyntaxNode).start === start;
  });
}

function spliced(text: string, splices: readonly Splice[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: insert } of splices.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + insert;
    at = end;
  }
  return result + text.slice(at);
}
