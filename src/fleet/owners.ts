import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ignore from 'ignore';

/** Where a repository says who owns what. Source: https://docs.github.com/articles/about-code-owners */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

/** The files by who owns them, as CODEOWNERS writes it (`@org/web @ann`); `''`: nobody. */
export function byOwner(root: string, files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const rules = readRules(root);
  const found = new Map<string, string[]>();
  for (const file of files) {
    // The last line that matches counts, also one that names nobody.
    const owner = rules.findLast(({ matches }) => matches(file))?.owner ?? '';
    found.set(owner, [...(found.get(owner) ?? []), file]);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Rule {
  readonly owner: string;
  readonly matches: (file: string) => boolean;
}

function readRules(root: string): readonly Rule[] {
  const place = PLACES.map((one) => path.join(root, one)).find((one) => existsSync(one));
  if (place === undefined) return [];
  const lines = readFileSync(place, 'utf8').split(/\r?\n/);
  return lines.flatMap((line): readonly Rule[] => {
    // A section of GitLab's, `[Docs] @docs`, has no pattern.
    const text = line.replace(/(?:^|\s)#.*$/, '').trim();
    if (text === '' || /^\^?\[/.test(text)) return [];
    const [pattern, ...owners] = text.match(/(?:\\.|[^\s\\])+/g) ?? [];
    if (pattern === undefined) return [];
    const rules = ignore().add(pattern);
    return [{ owner: owners.join(' '), matches: (file) => rules.ignores(file) }];
  });
}
