import type { TextRange } from '../../src/base/places.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { CallEdit, CallSite } from './call-site.ts';
import type { FilledCall } from './fill-call.ts';

/** What a template puts around arguments that stay where they are: one bracket or more, and keys. */
interface Wrapping {
  /** `handlerFor(`, `{` */
  readonly opener: string;
  /** Before each argument: `type: `, or nothing. */
  readonly keys: readonly string[];
  /** `)`, `}` */
  readonly closer: string;
}

export interface WrappedLines {
  readonly edits: readonly CallEdit[];
  /** The arguments, whose lines go a step further in. */
  readonly range: TextRange;
  readonly step: string;
}

/**
 * The edits that wrap arguments which stand on lines of their own, each line one step further in; `undefined` when the
 * call is not written so, or the template does more than wrap.
 */
export function wrapBrokenLines(site: CallSite, filled: FilledCall): WrappedLines | undefined {
  const { call, file, headEnd } = site;
  const { layout } = file;
  const args = call.arguments as readonly SyntaxNode[];
  const [first, last] = [args[0], args.at(-1)];
  const wrapping = first && last && filled.order.join() === [...args.keys()].join() ? wrappingOf(filled) : undefined;
  if (!first || !last || !wrapping || !/^\s*\(/.test(layout.text.slice(headEnd).replace(/^\s*\?\./, '')))
    return undefined;
  const indent = layout.indentation(first.start);
  if (layout.lineStart(first.start) <= headEnd || layout.lineStart(first.start) + indent.length !== first.start) {
    return undefined;
  }
  const outer = layout.indentation(headEnd);
  const step = indent.startsWith(outer) && indent !== outer ? indent.slice(outer.length) : '  ';

  const opening = `${wrapping.opener}${layout.eol}${indent}${step}${wrapping.keys[0]}`;
  const edits: CallEdit[] = [insertion(first.start, opening)];
  for (const line of linesBetween(layout.text, first.start, last.end)) {
    if (!isBlank(layout.text, line) && !isInText(site, line) && !site.isReplaced(line))
      edits.push(insertion(line, step));
  }
  for (const [i, arg] of args.entries()) {
    if (i > 0 && wrapping.keys[i] !== '') edits.push(insertion(arg.start, wrapping.keys[i]!));
  }
  const { at, comma } = endOfArguments(site, last);
  edits.push(insertion(at, `${layout.eol}${indent}${wrapping.closer}${comma}`));
  return { edits, range: { start: first.start, end: last.end }, step };
}

function wrappingOf({ texts }: FilledCall): Wrapping | undefined {
  const [, opener, key] = /^\((.*[([{])\s*([^([{]*)$/s.exec(texts[0]!) ?? [];
  const [, closer] = /^([\s)\]}]*)\)$/.exec(texts.at(-1)!) ?? [];
  const between = texts.slice(1, -1).map((text) => /^,\s*([\w$]+:\s)?$/.exec(text));
  if (opener === undefined || key === undefined || closer === undefined || between.includes(null)) return undefined;
  if (closer.trim() === '' || !/^(?:[\w$]+:\s)?$/.test(key)) return undefined;
  return { opener, keys: [key, ...between.map((match) => match?.[1] ?? '')], closer: closer.replace(/\s/g, '') };
}

/** Where lines begin after `start`, up to `end`. */
function linesBetween(text: string, start: number, end: number): readonly number[] {
  return [...text.slice(start, end).matchAll(/\r\n|\n|\r/g)].map((match) => start + match.index + match[0].length);
}

function isBlank(text: string, line: number): boolean {
  return /^[ \t]*(?:[\r\n]|$)/.test(text.slice(line, line + 200));
}

/** Whether a line begins inside of a string, where blanks count. */
function isInText({ file }: CallSite, line: number): boolean {
  return ['TemplateElement', 'StringLiteral'].some((type) =>
    file.index.ofType(type).some(({ start, end }) => start < line && line <= end),
  );
}

/** Behind the last argument, its comma and a comment on its line; and the comma that the wrapped argument gets. */
function endOfArguments({ call, file: { layout } }: CallSite, last: SyntaxNode): { at: number; comma: string } {
  const next = layout.skipBlank(last.end);
  const comma = layout.text[next] === ',' ? ',' : '';
  const at = comma ? next + 1 : last.end;
  const line = layout.lineEnd(at);
  const isRestOfLine = line < call.end - 1 && layout.skipBlank(at) >= line;
  return { at: isRestOfLine ? line : at, comma };
}

function insertion(at: number, text: string): CallEdit {
  return { range: { start: at, end: at }, text };
}
