import { crashedOn, type SkippedFile } from '../survey/skipped-file.ts';

/** Why a codemod did not get through a file: a syntax error where Babel gives its `loc`, else a fault with its stack. */
export function failureIn(file: string, error: unknown): SkippedFile {
  const loc = (error as { loc?: { line: number; column: number } } | undefined)?.loc;
  if (loc) {
    const message = error instanceof Error ? error.message : String(error);
    const position = { line: loc.line, column: loc.column + 1 };
    return { file, position, reason: { code: 'syntax-error', text: `does not parse: ${message}` } };
  }
  return crashedOn(file, 'the codemod failed', error);
}
