import { formatPlace, type Place } from '../base/places.ts';
import type { CodemodAccount, RunStatus } from '../run/run-record.ts';
import type { CountedNote } from '../survey/notes.ts';
import type { Proof } from '../survey/usage.ts';

/** `1 file`, `2 files`, `1,204 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

/** What a status means for the target. */
export function statusWords(status: RunStatus, dryRun: boolean): string {
  switch (status) {
    case 'done':
      return dryRun ? 'dry run, nothing written' : 'done';
    case 'nochange':
      return 'nothing to change';
    case 'kept':
      return 'a gate failed; what was written stays, as asked';
    case 'failed':
      return 'failed, nothing of it is left in the target';
    case 'rolled-back':
      return 'rolled back';
  }
}

/** How an edited place is known to be deprecated, as the end of a sentence that begins with the place. */
export function proofWords(proof: Proof): string {
  const declared = `declared at ${formatPlace(proof.declaration)}`;
  switch (proof.how) {
    case 'symbol':
      return `the type checker resolves it to ${proof.name}, ${declared}`;
    case 'override':
      return `it overrides ${proof.name}, ${declared}`;
    case 'module':
      return `the specifier resolves to ${proof.name}`;
  }
}

/** `840 ms`, `12.4 s`, `3 min 20 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A text on one line: line ends and runs of white space become one space, and long texts end in `…`. */
export function oneLine(text: string, most = Number.POSITIVE_INFINITY): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** The declarations that a reason's text does not name itself. */
export function unsaid(reason: string, declarations: readonly Place[]): readonly Place[] {
  return declarations.filter((declaration) => !reason.includes(formatPlace(declaration)));
}

/** A note as one sentence: what it is, and how many places wait for it. */
export function noteWords({ text, places, files }: CountedNote): string {
  return places === 0 ? text : `${text}: ${count(places, 'place')} in ${count(files, 'file')} for review because of it`;
}

/** `12 ok, 3 nochange, 40 skip, 1 error`, and what the transform counted. */
export function codemodWords({ ok, nochange, skip, error, stats }: CodemodAccount): string {
  const counted = stats.map(([name, quantity]) => `${name} ${quantity.toLocaleString('en-US')}`);
  return [`${ok} ok, ${nochange} nochange, ${skip} skip, ${error} error`, ...counted].join('; ');
}
