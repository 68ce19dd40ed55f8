import path from 'node:path';
import type { FileRange } from '../contract.ts';
import { parseJsonc } from './jsonc.ts';

/** Where a configuration, or the nearest one that it extends, says an option; its whole file when none of them does. */
export function locateSetting(config: string, option: string, read: (file: string) => string | undefined): FileRange {
  for (const file of chainOf(config, read)) {
    const match = new RegExp(`"${option}"\\s*:\\s*(?:"[^"]*"|[^\\s,}]+)`).exec(read(file) ?? '');
    if (match) return { file, range: { start: match.index, end: match.index + match[0].length } };
  }
  return { file: config, range: { start: 0, end: 0 } };
}

/** A configuration and those that it extends, nearest first; packages are left out. */
function chainOf(config: string, read: (file: string) => string | undefined): readonly string[] {
  const found = new Set([config]);
  // A set walks its own growth.
  for (const file of found) {
    const value = (parseJsonc(read(file) ?? '') as { readonly extends?: unknown } | null | undefined)?.extends;
    for (const each of [value].flat()) {
      if (typeof each !== 'string' || !/^\.{0,2}\//.test(each)) continue;
      const target = path.posix.resolve(path.posix.dirname(file), each);
      const there = [target, `${target}.json`].find((candidate) => read(candidate) !== undefined);
      if (there !== undefined) found.add(there);
    }
  }
  return [...found];
}
