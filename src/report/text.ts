import { formatPlace } from '../base/places.ts';
import type { ReportFile, ReportModel, ReportPhase } from './model.ts';
import { type Palette, plain } from './palette.ts';
import { retirementLines } from './retirements.ts';
import { clean } from './visible.ts';
import { codemodWords, count, duration, noteWords, oneLine, proofWords, statusWords, unsaid } from './words.ts';

export interface TextOptions {
  readonly palette?: Palette;
  /** `summary`: counts and the first few places; `full`: every file, edit and place. */
  readonly detail: 'summary' | 'full';
  /** What follows each command that undoes something: where the target is, as ` ../app`. Nothing when left out. */
  readonly undoTarget?: string;
}

const FIRST_FEW = 5;
const SIGNS = { create: 'A', modify: 'M', delete: 'D' } as const;

/** The report for a terminal, ending in a line end. Names from the target cannot move the cursor or set colours. */
export function renderText(model: ReportModel, { palette = plain, detail, undoTarget = '' }: TextOptions): string {
  const writer = new TextWriter(palette, detail === 'full' ? Number.POSITIVE_INFINITY : FIRST_FEW);
  const { bold, dim } = palette;
  const title = `${bold(clean(model.migration.name))} ${dim(model.migration.hash)}`;
  const lines = [
    `${title} on ${clean(model.target)}`,
    ...model.phases.flatMap((phase) => writer.phase(phase)),
    ...writer.total(model),
    ...retirementLines(model, palette),
    ...writer.notes(model),
    ...writer.review(model),
    ...writer.mentions(model),
    ...writer.left(model),
    ...writer.skipped(model),
    ...(model.undo.length > 0
      ? ['', `${bold('Undo')}  ${model.undo.map((command) => clean(command + undoTarget)).join(dim(', then '))}`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

class TextWriter {
  readonly #palette: Palette;
  readonly #most: number;

  constructor(palette: Palette, most: number) {
    this.#palette = palette;
    this.#most = most;
  }

  phase(phase: ReportPhase): readonly string[] {
    const { bold, dim, red, green, yellow } = this.#palette;
    const { account, changed } = phase;
    const colour =
      phase.status === 'failed' ? red : phase.status === 'rolled-back' || phase.status === 'kept' ? yellow : green;
    const lines = [
      '',
      `${bold(clean(phase.name))}  ${colour(statusWords(phase.status, phase.dryRun))} ${dim(`(${duration(phase.milliseconds)})`)}`,
      `  ${count(account.found, 'place')} found = ${account.edited} edited + ${account.review} for review + ${account.left} left alone`,
    ];
    if (changed.files > 0) {
      const parts = [
        changed.created && `${changed.created} created`,
        changed.deleted && `${changed.deleted} deleted`,
      ].filter(Boolean);
      const kinds = parts.length > 0 ? ` (${parts.join(', ')})` : '';
      lines.push(
        `  ${count(changed.files, 'file')}${kinds}  ${green(`+${changed.added}`)} ${red(`−${changed.removed}`)} lines`,
      );
    }
    lines.push(...this.#some(phase.files, 4, (file) => this.#file(file)));
    for (const account of phase.codemods) {
      lines.push(`  codemod ${clean(account.codemod)}  ${clean(oneLine(codemodWords(account), 300))}`);
      lines.push(
        ...this.#some(account.reports, 4, ({ file, text }) => [`    ${clean(file)}  ${clean(oneLine(text))}`]),
      );
    }
    for (const gate of phase.gates) {
      const sign = gate.passed ? green('passed') : red('failed');
      lines.push(`  gate ${clean(gate.gate)}  ${sign} ${dim(`(${duration(gate.milliseconds)})`)}`);
      if (!gate.passed) lines.push(...this.#output(gate.output));
    }
    return lines;
  }

  /** Over several phases the same place may be seen more than once; here it counts once. */
  total({ phases, account, changed }: ReportModel): readonly string[] {
    if (phases.length === 1) return [];
    return [
      '',
      `${this.#palette.bold('Together')}  ${count(account.found, 'place')} found = ${account.edited} edited + ${account.review} for review + ${account.left} left alone, in ${count(changed.files, 'changed file')}`,
    ];
  }

  #file(file: ReportFile): readonly string[] {
    const { dim, green, red, yellow } = this.#palette;
    const review = file.review > 0 ? `  ${yellow(`${file.review} for review`)}` : '';
    const size = `${green(`+${file.added}`)} ${red(`−${file.removed}`)}`;
    const lines = [`    ${SIGNS[file.kind]} ${clean(file.file)}  ${size}${review}`];
    if (this.#most !== Number.POSITIVE_INFINITY) return lines;
    for (const edit of file.edits) {
      const [was, now] = [clean(oneLine(edit.before, 60)), clean(oneLine(edit.after, 60))];
      const change = was === '' ? `insert ${now || 'a line end'}` : now === '' ? `remove ${was}` : `${was} → ${now}`;
      const [known] = edit.proven;
      const why = known ? proofWords(known.proof) : `goes with edit ${edit.supports.join(', ') || 'of the same file'}`;
      lines.push(`        ${edit.at.line}:${edit.at.column}  ${change}  ${dim(clean(why))}`);
    }
    return lines;
  }

  notes({ notes }: ReportModel): readonly string[] {
    const { bold, cyan, yellow } = this.#palette;
    if (notes.length === 0) return [];
    return [
      '',
      bold('Notes'),
      ...this.#some(notes, 2, (note) => [
        `  ${note.places > 0 ? yellow(clean(noteWords(note))) : clean(noteWords(note))}`,
        ...(note.next === undefined ? [] : [`    ${cyan(clean(note.next))}`]),
      ]),
    ];
  }

  mentions({ mentions }: ReportModel): readonly string[] {
    const { bold, dim } = this.#palette;
    if (mentions.length === 0) return [];
    return [
      '',
      `${bold('Mentions')}  ${count(mentions.length, 'place')} in documents, comments and strings, counted as for review`,
      ...this.#some(mentions, 4, (item) => [
        `  ${clean(formatPlace(item.now))}  ${dim(clean(oneLine(item.reason, 120)))}`,
      ]),
    ];
  }

  review(model: ReportModel): readonly string[] {
    const { bold, dim, yellow } = this.#palette;
    const { account, review, mentions } = model;
    const places = account.review - mentions.length;
    if (places === 0) return [];
    const lines = ['', `${bold('For review')}  ${count(places, 'place')} that a person has to look at`];
    for (const { code, items } of review) {
      lines.push(`  ${yellow(code)}  ${items.length}`);
      lines.push(
        ...this.#some(items, 4, (item) => [
          `    ${clean(formatPlace(item.now))}  ${clean(item.line === undefined ? item.text : oneLine(item.line, 90))}`,
          `      ${dim(clean(oneLine(item.reason, this.#most === Number.POSITIVE_INFINITY ? undefined : 150)))}`,
        ]),
      );
    }
    return lines;
  }

  left(model: ReportModel): readonly string[] {
    const { bold, dim } = this.#palette;
    if (model.account.left === 0) return [];
    const lines = [
      '',
      `${bold('Left alone')}  ${count(model.account.left, 'place')}, not deprecated or not of these phases`,
    ];
    const groups = this.#some(model.left, 2, ({ reason, declarations, places }) => [
      `  ${String(places.length).padStart(5)}  ${clean(oneLine(reason, 160))}${unsaid(reason, declarations)
        .slice(0, 1)
        .map((place) => dim(`  ${clean(formatPlace(place))}`))}`,
      ...(this.#most === Number.POSITIVE_INFINITY
        ? places.map((place) => `           ${clean(formatPlace(place))}`)
        : []),
    ]);
    return [...lines, ...groups];
  }

  skipped({ skipped }: ReportModel): readonly string[] {
    const { bold, red } = this.#palette;
    if (skipped.length === 0) return [];
    const lines = ['', `${bold('Skipped')}  ${red(count(skipped.length, 'file'))} not read, not parsed or failed`];
    const items = this.#some(skipped, 2, ({ file, position, reason }) => [
      `  ${clean(position ? `${file}:${position.line}:${position.column}` : file)}  ${clean(oneLine(reason))}`,
    ]);
    return [...lines, ...items];
  }

  #output(output: string): readonly string[] {
    const lines = output.trimEnd().split('\n');
    const shown = lines.slice(-Math.min(lines.length, this.#most * 4));
    const dropped = lines.length - shown.length;
    return [
      ...(dropped > 0 ? [`      … ${count(dropped, 'line')} before`] : []),
      ...shown.map((line) => `      ${clean(line)}`),
    ];
  }

  /** All of them, or the first few and how many more the report has. */
  #some<T>(items: readonly T[], indent: number, lines: (item: T) => readonly string[]): readonly string[] {
    // One more than the limit is shown rather than announced.
    const shown = items.length <= this.#most + 1 ? items : items.slice(0, this.#most);
    const more = items.length - shown.length;
    const rest = more > 0 ? [' '.repeat(indent) + this.#palette.dim(`… and ${more} more in the report`)] : [];
    return [...shown.flatMap(lines), ...rest];
  }
}
