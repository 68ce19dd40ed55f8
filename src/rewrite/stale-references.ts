import path from 'node:path';
import { LineIndex } from '../base/places.ts';
import { parseJsonc } from '../compiler/projects/jsonc.ts';
import type { Migration } from '../manifest/migration.ts';
import type { FileChange, Outcome } from '../plan/file-change.ts';
import type { TargetView } from '../survey/target-view.ts';
import { packageMoves } from './package-entries.ts';
import { namesPackage } from './package-users.ts';
import { WorkspaceVersions } from './workspace-versions.ts';

/**
 * For review: the tsconfig files with project references whose files import a package of the workspace for the first time,
 * without a reference to it. `tsc -b` would not build that package before them.
 */
export function staleReferences(
  view: TargetView,
  migration: Migration,
  changes: readonly FileChange[],
): readonly Outcome[] {
  if (changes.length === 0) return [];
  const workspace = new WorkspaceVersions(view);
  const packages = new Set(packageMoves(migration, workspace).flatMap(({ to }) => to ?? []));
  const configs =
    packages.size === 0 ? [] : view.documents().filter((file) => /(?:^|\/)tsconfig[^/]*\.json$/.test(file));
  const found = new Map<string, Outcome>();
  for (const { file, before, after } of changes) {
    for (const name of packages) {
      const folder = workspace.folder(name);
      if (folder === undefined || !namesPackage(after, name) || namesPackage(before, name)) continue;
      const own = nearest(file, configs).map((config) => ({ config, ...read(view, config) }));
      if (own.length === 0 || own.some(({ references }) => references.some((each) => isIn(each, folder)))) continue;
      const first = own.find(({ references, isComposite }) => references.length > 0 || isComposite);
      if (first && !found.has(`${first.config} ${name}`))
        found.set(`${first.config} ${name}`, outcome(first.config, first.text, { by: file, name, folder }));
    }
  }
  return [...found.values()];
}

/** The configurations in the nearest folder upwards that has some. */
function nearest(file: string, configs: readonly string[]): readonly string[] {
  for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
    const own = configs.filter((config) => path.posix.dirname(config) === folder);
    if (own.length > 0 || folder === '.') return own;
  }
}

function read(view: TargetView, config: string) {
  const source = view.read(config);
  const text = typeof source === 'string' ? '' : source.text;
  const content = (parseJsonc(text) ?? {}) as {
    readonly references?: unknown;
    readonly compilerOptions?: { readonly composite?: unknown };
  };
  const list = Array.isArray(content.references) ? (content.references as readonly { readonly path?: unknown }[]) : [];
  const references = list.flatMap(({ path: to }) =>
    typeof to === 'string' ? [path.posix.join(path.posix.dirname(config), to)] : [],
  );
  return { text, references, isComposite: content.compilerOptions?.composite === true };
}

/** Whether a reference leads to a configuration of a folder. */
function isIn(reference: string, folder: string): boolean {
  return reference === folder || path.posix.dirname(reference) === folder;
}

/** `by` imports the package `name` now, which lies in `folder`. */
function outcome(
  config: string,
  text: string,
  { by, name, folder }: { readonly by: string; readonly name: string; readonly folder: string },
): Outcome {
  const start = Math.max(0, text.search(/"references"/));
  const range = { start, end: text[start] === '"' ? start + '"references"'.length : start };
  const to = path.posix.relative(path.posix.dirname(config), folder);
  const reason = {
    code: 'project-reference',
    text: `${by} imports ${name} now: add { "path": "${to}" } to references`,
  };
  return {
    usage: {
      id: `${config}:${range.start}`,
      place: { file: config, range, ...new LineIndex(text).at(range.start) },
      text: text.slice(range.start, range.end),
      subject: { kind: 'outdated', by },
      verdict: { kind: 'unclear', reason },
    },
    result: 'review',
    reason,
  };
}
