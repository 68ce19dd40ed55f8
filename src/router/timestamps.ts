/**
 * Unix seconds from a timestamp as clients write it: seconds, a numeric string, or ISO 8601.
 * Anything else becomes `now`, which is in milliseconds.
 */
export function secondsFrom(timestamp: unknown, now: number): number {
  const seconds = typeof timestamp === 'string' ? secondsFromText(timestamp) : timestamp;
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : now / 1000;
}

function secondsFromText(text: string): number {
  if (text.trim() === '') return Number.NaN;
  const seconds = Number(text);
  return Number.isNaN(seconds) ? Date.parse(text) / 1000 : seconds;
}
