import type { Diagnostic } from '../../compiler/contract.ts';
import type { Edit } from '../../plan/file-change.ts';
import { inOrder } from '../../rewrite/splice.ts';

/** Where an offset into the text before lies in the text after; `undefined` when that is not known. */
export type Shift = ((offset: number) => number) | undefined;

/** The shift that edits make; an offset inside a replaced range lies at the start of its new text. */
export function shiftOf(edits: readonly Edit[]): (offset: number) => number {
  const sorted = inOrder(edits);
  return (offset) => {
    let shift = 0;
    for (const { range, text } of sorted) {
      if (range.start > offset) break;
      if (range.end > offset) return range.start + shift;
      shift += text.length - (range.end - range.start);
    }
    return offset + shift;
  };
}

/**
 * Those of a file's diagnostics after its edits that it did not have before, in order. Each one before stands for one
 * after: first for one at the same place with the same text, then at the same place (its text may name the type that an
 * edit changed), then for one with the same text anywhere.
 */
export function newDiagnostics(
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
  shift: Shift,
): readonly Diagnostic[] {
  const left = new Map<number, Diagnostic[]>();
  for (const one of before) left.set(one.code, [...(left.get(one.code) ?? []), one]);
  const isKnown = (diagnostic: Diagnostic, alike: (one: Diagnostic) => boolean) => {
    const candidates = left.get(diagnostic.code) ?? [];
    const found = candidates.findIndex(alike);
    if (found >= 0) candidates.splice(found, 1);
    return found >= 0;
  };
  const without = (list: readonly Diagnostic[], alike: (a: Diagnostic, b: Diagnostic) => boolean) =>
    list.filter((diagnostic) => !isKnown(diagnostic, (one) => alike(one, diagnostic)));
  const sameText = (a: Diagnostic, b: Diagnostic) => textOf(a) === textOf(b);
  if (!shift) return without(after, sameText);
  const samePlace = (a: Diagnostic, b: Diagnostic) => shift(a.range.start) === b.range.start;
  const moved = without(
    without(after, (a, b) => samePlace(a, b) && sameText(a, b)),
    samePlace,
  );
  return without(moved, sameText);
}

/** Without the paths of modules: they may differ, since modules move. */
function textOf({ message }: Diagnostic): string {
  return message.replace(/(?<=import\()"[^"\n]*"|'\.{1,2}\/[^'\n]*'/g, '…');
}

/** The diagnostics of each file, in order. */
export function byFile(
  diagnostics: readonly Diagnostic[],
  fileOf: (diagnostic: Diagnostic) => string,
): ReadonlyMap<string, readonly Diagnostic[]> {
  const files = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const file = fileOf(diagnostic);
    const list = files.get(file);
    if (list) list.push(diagnostic);
    else files.set(file, [diagnostic]);
  }
  return files;
}
