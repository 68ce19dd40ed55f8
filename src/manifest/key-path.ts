import { quoted } from '../base/quoted.ts';

/** Where something stands in the manifest: keys and indexes from the top. */
export type KeyPath = readonly (string | number)[];

const PLAIN = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** The path as a reader writes it: `canonical['src/a.ts'].MessageRouter.replaces[0]`; `the manifest` for the top. */
export function formatKeyPath(path: KeyPath): string {
  if (path.length === 0) return 'the manifest';
  const parts = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`;
    return PLAIN.test(key) ? `.${key}` : `[${quoted(key)}]`;
  });
  return parts.join('').replace(/^\./, '');
}
