import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** Everything below a folder, links not followed: path → its kind, permissions and content's hash. */
export type Tree = Readonly<Record<string, string>>;

/** `without`: names, at the top, that are not looked at. */
export function treeOf(root: string, { without = [] }: { readonly without?: readonly string[] } = {}): Tree {
  const found: Record<string, string> = {};
  const walk = (folder: string) => {
    for (const name of readdirSync(folder).sort()) {
      if (folder === root && without.includes(name)) continue;
      const file = path.join(folder, name);
      found[path.relative(root, file)] = describe(file);
      if (lstatSync(file).isDirectory()) walk(file);
    }
  };
  walk(root);
  return found;
}

function describe(file: string): string {
  const facts = lstatSync(file);
  if (facts.isSymbolicLink()) return `link to ${readlinkSync(file)}`;
  const mode = (facts.mode & 0o7777).toString(8);
  if (facts.isDirectory()) return `folder ${mode}`;
  return `file ${mode} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
}

/** The paths whose entries are not the same in both, sorted. */
export function changedPaths(before: Tree, after: Tree): readonly string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((file) => before[file] !== after[file]).sort();
}
