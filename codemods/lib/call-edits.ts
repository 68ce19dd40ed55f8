import type { TextRange } from '../../src/base/places.ts';
import { argumentCounts, fits } from '../../src/manifest/mapping.ts';
import type { Mapping } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Reason } from '../../src/survey/usage.ts';
import { wrapBrokenLines } from './broken-lines.ts';
import type { CallEdit, CallSite } from './call-site.ts';
import { evaluationObstacle } from './evaluation.ts';
import { type FilledCall, fillCall } from './fill-call.ts';
import type { ParsedFile } from './parse.ts';
import { quoted, reason } from './reasons.ts';
import type { SourceLayout } from './source-layout.ts';

/** A call that can be rewritten. */
export interface CallPlan {
  readonly mapping: Mapping;
  /** The edits from the head on, for the local names of {@link Mapping.to}'s free names; arguments stay where they are. */
  edits(locals: ReadonlyMap<string, string>): readonly CallEdit[];
}

/** How a call is said by the first mapping that it fits, or why it cannot be. */
export function planCall(site: CallSite, mappings: readonly Mapping[]): CallPlan | Reason {
  const { call, file } = site;
  const args = (call.arguments ?? []) as readonly SyntaxNode[];
  const spread = args.findIndex((arg) => arg.type === 'SpreadElement');
  // How many arguments a spread gives is not known: no other mapping may be for any of these numbers.
  const takesSpread = (each: Mapping) =>
    spread < 0 ||
    (isRest(each, spread) && mappings.every((other) => other === each || argumentCounts(other).most < spread));
  if (spread >= 0 && !mappings.some(takesSpread)) {
    const text = quoted(textIn(file, args[spread]!));
    return reason('spread', `'${text}' spreads its arguments; how many they are is not known`);
  }
  if (call.typeParameters ?? call.typeArguments) return reason('type-arguments', 'the call names its type arguments');
  const mapping = mappings.find((each) => fits(each, args.length) && each.parameters && takesSpread(each));
  if (!mapping) {
    const allowed = mappings.map(({ source }) => `'${source.from}'`).join(', ');
    return reason(
      'no-signature',
      `a call with ${args.length} argument${args.length === 1 ? '' : 's'} fits none of ${allowed}`,
    );
  }
  const texts = args.map((arg) => textIn(file, arg));
  const keepsShorthand = (argument: number) => !site.isEdited(args[argument]!);
  const fill = (locals: ReadonlyMap<string, string>) => fillCall(mapping, texts, locals, keepsShorthand);
  const { order } = fill(new Map());
  const obstacle = evaluationObstacle(mapping, args, order, file);
  if (obstacle) return obstacle;

  const kept = keptArguments(order, args, site.isEdited);
  const stays = new Set(kept.map(({ argument }) => argument));
  const blocked = args.findIndex((arg, i) =>
    stays.has(i) ? order.indexOf(i) !== order.lastIndexOf(i) && site.isEdited(arg) : site.isPinned(arg),
  );
  if (blocked >= 0) {
    return reason(
      'nested-usage',
      `'${quoted(texts[blocked]!)}' has to go to another place, or to two, and has edits of its own`,
    );
  }
  const compose = new CallComposer(site, args, kept);
  const trial = compose.edits(fill(new Map()), texts);
  if (!Array.isArray(trial)) return trial as Reason;
  const edits = (locals: ReadonlyMap<string, string>) => {
    const lines = wrapBrokenLines(site, fill(locals));
    if (lines && stays.size === args.length) site.deepen(lines.range, lines.step);
    const moved = args.map((arg, i) => (stays.has(i) ? texts[i]! : site.lift(arg)));
    return compose.edits(fill(locals), moved) as readonly CallEdit[];
  };
  return { mapping, edits };
}

/** Whether all arguments from this one on go to the mapping's rest parameter, however many they are. */
function isRest({ parameters = [] }: Mapping, argument: number): boolean {
  const rest = parameters.findIndex((each) => each.rest);
  return rest >= 0 && argument >= rest;
}

export function isReason(result: CallPlan | Reason): result is Reason {
  return 'code' in result;
}

function textIn(file: ParsedFile, { start, end }: TextRange): string {
  return file.text.slice(start, end);
}

interface Kept {
  readonly argument: number;
  /** Its place in the template's order. */
  readonly at: number;
}

/** The arguments that stay where they are: of those in the same order here and there, the ones with edits of their own and the most text. */
function keptArguments(
  order: readonly number[],
  args: readonly SyntaxNode[],
  isEdited: CallSite['isEdited'],
): readonly Kept[] {
  const size = (arg: SyntaxNode) => arg.end - arg.start + (isEdited(arg) ? 1_000_000 : 0);
  let best: { kept: readonly Kept[]; size: number }[] = [];
  for (const [at, argument] of order.entries()) {
    const before = best
      .filter(({ kept }) => kept.at(-1)!.argument < argument)
      .reduce((a, b) => (b.size > a.size ? b : a), { kept: [] as readonly Kept[], size: 0 });
    best = [...best, { kept: [...before.kept, { argument, at }], size: before.size + size(args[argument]!) }];
  }
  return best.reduce((a, b) => (b.size > a.size ? b : a), { kept: [] as readonly Kept[], size: -1 }).kept;
}

/** Makes the edits between the arguments that stay. */
class CallComposer {
  readonly #site: CallSite;
  readonly #args: readonly SyntaxNode[];
  readonly #kept: readonly Kept[];
  readonly #layout: SourceLayout;

  constructor(site: CallSite, args: readonly SyntaxNode[], kept: readonly Kept[]) {
    this.#site = site;
    this.#args = args;
    this.#kept = kept;
    this.#layout = site.file.layout;
  }

  edits(filled: FilledCall, argumentTexts: readonly string[]): readonly CallEdit[] | Reason {
    const wrapped = this.#kept.length === this.#args.length ? wrapBrokenLines(this.#site, filled) : undefined;
    if (wrapped) return wrapped.edits;
    const { texts, order } = filled;
    const edits: CallEdit[] = [];
    for (let gap = 0; gap <= this.#kept.length; gap++) {
      const from = gap === 0 ? -1 : this.#kept[gap - 1]!.at;
      const to = gap === this.#kept.length ? order.length : this.#kept[gap]!.at;
      let text = texts[from + 1]!;
      for (let at = from + 1; at < to; at++) text += argumentTexts[order[at]!]! + texts[at + 1]!;
      const made = this.#gap(gap, text);
      if (!Array.isArray(made)) return made as Reason;
      edits.push(...(made as readonly CallEdit[]));
    }
    return edits.filter(({ range, text }) => this.#layout.text.slice(range.start, range.end) !== text);
  }

  /** The edits that make a gap (head to argument, argument to argument, argument to end) read as the template does. */
  #gap(gap: number, text: string): readonly CallEdit[] | Reason {
    const { call, headEnd } = this.#site;
    const before = this.#kept[gap - 1];
    const after = this.#kept[gap];
    const start = before ? this.#args[before.argument]!.end : headEnd;
    const end = after ? this.#args[after.argument]!.start : call.end;
    const taken = this.#args.filter((arg) => start <= arg.start && arg.end <= end);
    const source = this.#layout.text.slice(start, end);
    if (taken.length === 0 && squeezed(source) === squeezed(text)) return [];

    const opening = before ? undefined : /^\s*(?:\?\.\s*)?\(/.exec(source);
    const closes = !after && source.endsWith(')') && text.endsWith(')');
    if (opening && !text.startsWith('(') && source.includes('?.')) {
      return reason('optional-call', `'?.(' asks whether the method is there; '${text.trim()}' calls none`);
    }
    if (taken.length === 0) {
      if (opening && after && text.startsWith('(')) return [insertion(end, text.slice(1).trimStart())];
      if (closes && before) return [insertion(start, text.slice(0, -1).trimEnd())];
      const [, left, right] = /^([^,'"`]*),([^,'"`]*)$/.exec(text) ?? [];
      if (before && after && left !== undefined && right !== undefined) {
        return [insertion(start, left.trimEnd()), insertion(end, right.trimStart())];
      }
    }
    const inner = {
      start: opening && text.startsWith('(') ? start + opening[0].length : start,
      end: closes ? end - 1 : end,
    };
    if (this.#hasCommentBeside(inner, taken))
      return reason('comment', 'a comment stands where the call changes its shape');
    return [{ range: inner, text: text.slice(inner.start > start ? 1 : 0, closes ? -1 : undefined) }];
  }

  #hasCommentBeside({ start, end }: TextRange, taken: readonly SyntaxNode[]): boolean {
    const borders = [start, ...taken.flatMap((arg) => [arg.start, arg.end]), end];
    for (let i = 0; i < borders.length; i += 2) {
      if (this.#layout.hasComment({ start: borders[i]!, end: borders[i + 1]! })) return true;
    }
    return false;
  }
}

function insertion(at: number, text: string): CallEdit {
  return { range: { start: at, end: at }, text };
}

/** Without what layout adds: blanks, comments, and the comma behind the last argument. */
function squeezed(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\r\n]*/g, '')
    .replace(/\s+/g, '')
    .replace(/^\?\.\(/, '(')
    .replace(/^,\)$/, ')');
}
