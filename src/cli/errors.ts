import { RerouteError } from '../base/errors.ts';
import type { Palette } from '../report/palette.ts';
import { clean } from '../report/visible.ts';

/** Wrong arguments; `help` is the command line that explains the right ones. */
export class UsageError extends RerouteError {
  constructor(message: string, help: string, details: readonly string[] = []) {
    super({ code: 'USAGE', message, details, next: help });
    this.name = 'UsageError';
  }
}

/** Ctrl-C, or being asked to end: what was under way is undone, so there is nothing to repair. */
export function stopped(): RerouteError {
  return new RerouteError({
    code: 'STOPPED',
    message: 'Stopped. The phase that was under way left nothing behind; phases before it stay.',
    next: 'reroute status',
  });
}

/** An error as a person reads it: known ones without a stack, faults of ours with theirs. Ends in a line end. */
export function describeError(error: unknown, { bold, dim, red, cyan }: Palette): string {
  if (!(error instanceof RerouteError)) return describeFault(error, red, bold);
  const lines = [`${bold(red('error'))} ${clean(error.message)} ${dim(error.code)}`];
  const where = placeOf(error);
  if (where) lines.push(`  ${dim('at')}   ${cyan(clean(where))}`);
  for (const detail of error.details)
    lines.push(
      ...clean(detail)
        .split('\n')
        .map((line) => `       ${line}`),
    );
  if (error.next) lines.push(`  ${dim('next')} ${clean(error.next).split('\n').join('\n       ')}`);
  return `${lines.join('\n')}\n`;
}

function describeFault(error: unknown, red: Palette['red'], bold: Palette['bold']): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const causes = error instanceof Error && error.cause instanceof Error ? `\ncaused by ${error.cause.stack}` : '';
  return `${bold(red('fault'))} This is a mistake in Reroute, not in your code. Please report it with these lines:\n${clean(stack + causes)}\n`;
}

/** The same as JSON; a fault has the code `FAULT` and its stack. */
export function errorToJson(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof RerouteError) {
    const { code, message, where, details, next } = error;
    return { code, message, ...(where && { where }), details, ...(next && { next }) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'FAULT', message, details: [], stack: error instanceof Error ? error.stack : undefined };
}

/** `file:line:column`, or just the file; `undefined` when the error has no place. */
function placeOf({ where }: RerouteError): string | undefined {
  if (!where) return undefined;
  return 'line' in where ? `${where.file}:${where.line}:${where.column}` : where.file;
}
