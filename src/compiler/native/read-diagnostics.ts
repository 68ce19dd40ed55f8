import { byPlace } from '../../base/places.ts';
import type { Diagnostic } from '../contract.ts';
import { DiagnosticCategory, type NativeDiagnostic } from './typescript.ts';

/** The errors among the compiler's diagnostics, each once, by file and position. `home` stands in for a missing file. */
export function readDiagnostics(diagnostics: Iterable<NativeDiagnostic>, home: string): readonly Diagnostic[] {
  const errors: Diagnostic[] = [];
  for (const each of diagnostics) {
    if (each.category !== DiagnosticCategory.Error) continue;
    const start = Math.max(each.pos, 0);
    const error: Diagnostic = {
      file: each.fileName ?? home,
      range: { start, end: Math.max(each.end, start) },
      code: each.code,
      message: messageOf(each, 0),
    };
    errors.push(error);
  }
  return inOrder(errors);
}

/** Each once, by file and position. */
export function inOrder(errors: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(errors.map((error) => [keyOf(error), error])).values()].sort(
    (a, b) => byPlace(a, b) || a.code - b.code,
  );
}

function keyOf({ file, range, code, message }: Diagnostic): string {
  return `${file}:${range.start}:${range.end}:${code}:${message}`;
}

/** As `tsc` prints it: each link of the chain on a line of its own, indented by two more spaces. */
function messageOf(diagnostic: NativeDiagnostic, depth: number): string {
  const chain = (diagnostic.messageChain ?? []).map((link) => `\n${messageOf(link, depth + 1)}`);
  return `${'  '.repeat(depth)}${diagnostic.text}${chain.join('')}`;
}
