import type { Reason } from '../../src/survey/usage.ts';

export function reason(code: string, text: string): Reason {
  return { code, text };
}

/** A quotation of source for a message: one line, at most 60 characters. */
export function quoted(source: string): string {
  const line = source.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
