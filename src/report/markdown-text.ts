import { clean } from './visible.ts';

/** Plain text in Markdown: nothing in it is taken for markup. */
export function textOf(text: string): string {
  return clean(text).replace(/[\\`*_{}[\]<>#|~&$]/g, '\\$&');
}

/** A code span on one line, fenced by more backticks than it has in it. An empty text gives an empty span's stand-in. */
export function codeOf(text: string): string {
  const line = clean(text).replace(/\s+/g, ' ');
  if (line.trim() === '') return '` `';
  const fence = '`'.repeat(longestRun(line) + 1);
  // A span that begins or ends in a backtick needs a space between; Markdown takes it away again.
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** A code block, fenced by more backticks than it has in it. */
export function blockOf(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}\n${clean(text)}\n${fence}`;
}

/** A table's row. A `|` in a cell would end it, in a code span too. */
export function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
