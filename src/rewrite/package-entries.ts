import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { relativeToRoot } from '../base/paths.ts';
import type { Migration, ModuleRef } from '../manifest/migration.ts';
import type { Edit, FileChange } from '../plan/file-change.ts';
import type { TargetView } from '../survey/target-view.ts';
import { addEntry, entriesOf, removeEntry } from './json-entries.ts';
import { isUsed, namesPackage } from './package-users.ts';
import { WorkspaceVersions } from './workspace-versions.ts';

const SECTIONS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/**
 * A deprecated package and the canonical one that its imports go to. `undefined`: modules of the target that lie in no
 * package of a workspace.
 */
interface PackageMove {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/**
 * The changes to package.json files that go with the changes to imports: the nearest one above an importer that lists the
 * deprecated package lists the canonical one too, in the same sections and with the manifest's version, and no longer the
 * deprecated one when nothing in that package uses it any more. A package of the workspace that is named for the first
 * time is a new entry. Only the entries' own characters change.
 *
 * Throws `MANIFEST_NO_VERSION` when an entry is needed whose version neither the manifest has nor the workspace.
 */
export function packageEntries(
  view: TargetView,
  migration: Migration,
  changes: readonly FileChange[],
): readonly FileChange[] {
  if (changes.length === 0) return [];
  const workspace = new WorkspaceVersions(view);
  const moves = packageMoves(migration, workspace);
  if (moves.length === 0) return [];
  const manifests = new Set(view.documents().filter((file) => path.posix.basename(file) === 'package.json'));
  const after = new Map<string, string | undefined>(changes.map((change) => [change.file, change.after]));
  // The manifest spells the package; it is no user of it.
  after.set(relativeToRoot(view.root, migration.file) ?? '', undefined);
  const draft: Draft = { view, texts: new Map(), missing: new Map(), workspace, migration };
  for (const { file, before, after: now, step } of changes) {
    const above = manifestsAbove(file, manifests);
    for (const { from, to } of moves) {
      const isNew = to !== undefined && namesPackage(now, to) && !namesPackage(before, to);
      const home =
        // A proxy is a new user of what it hands on; what it no longer uses is told when it goes.
        step !== 'proxies' && from !== undefined && namesPackage(before, from)
          ? above.find((each) => sectionsWith(draft, each, from).length > 0)
          : undefined;
      if (home === undefined || from === undefined) {
        if (isNew && workspace.has(to)) addNew(draft, above, to);
        continue;
      }
      if (to !== undefined && namesPackage(now, to)) addBeside(draft, home, from, to);
      if (!isUsed(view, manifests, after, home, from)) {
        for (const section of sectionsWith(draft, home, from))
          draft.texts.set(home, removeEntry(textOf(draft, home), section, from));
      }
    }
  }
  if (draft.missing.size > 0) throw noVersion(draft.missing, migration);
  return [...draft.texts].flatMap(([file, text]) => changeOf(view, file, text));
}

interface Draft {
  readonly view: TargetView;
  /** package.json files as they will be. */
  readonly texts: Map<string, string>;
  /** Packages without a version, and the package.json files that need one. */
  readonly missing: Map<string, Set<string>>;
  readonly workspace: WorkspaceVersions;
  readonly migration: Migration;
}

/** Which packages take the place of which, workspace packages for the modules in them; each pair once. */
export function packageMoves(migration: Migration, workspace: WorkspaceVersions): readonly PackageMove[] {
  const packageOf = (ref: ModuleRef) =>
    ref.kind === 'path' ? workspace.owner(ref.path) : /^(?:@[^/]+\/)?[^/]+/.exec(ref.specifier)?.[0];
  const moves = migration.moves.flatMap((move) => {
    const replaced = move.kind === 'module' ? move.replaces : move.replaces.map((each) => each.export.module);
    const canonical = move.kind === 'module' ? move.canonical : move.canonical.module;
    return replaced.flatMap((ref): PackageMove[] => {
      const [from, to] = [packageOf(ref), packageOf(canonical)];
      return from === to ? [] : [{ from, to }];
    });
  });
  return [...new Map(moves.map((move) => [`${move.from} ${move.to}`, move])).values()];
}

function manifestsAbove(file: string, manifests: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
    const manifest = path.posix.join(folder, 'package.json');
    if (manifests.has(manifest)) found.push(manifest);
    if (folder === '.') return found;
  }
}

function textOf({ view, texts }: Pick<Draft, 'view' | 'texts'>, file: string): string {
  const source = texts.get(file) ?? view.read(file);
  return typeof source === 'string' ? source : source.text;
}

function sectionsWith(draft: Draft, file: string, name: string): readonly string[] {
  try {
    return SECTIONS.filter((section) => entriesOf(textOf(draft, file), section).has(name));
  } catch {
    // No JSON: whoever wrote it so has to change it.
    return [];
  }
}

/** The canonical package in the sections that list the deprecated one. */
function addBeside(draft: Draft, home: string, from: string, to: string): void {
  for (const section of sectionsWith(draft, home, from)) {
    const text = textOf(draft, home);
    const entries = entriesOf(text, section);
    if (entries.has(to)) continue;
    const range = draft.migration.dependencies?.[to] ?? draft.workspace.range(to, entries.get(from));
    if (range === undefined) draft.missing.set(to, (draft.missing.get(to) ?? new Set()).add(home));
    else draft.texts.set(home, addEntry(text, section, to, range, from));
  }
}

/** A package of the workspace in the nearest package.json, unless that one, or one above it, lists it already. */
function addNew(draft: Draft, above: readonly string[], to: string): void {
  const [home] = above;
  if (home === undefined || draft.workspace.isOf(to, home)) return;
  if (above.some((each) => sectionsWith(draft, each, to).length > 0)) return;
  const range = draft.migration.dependencies?.[to] ?? draft.workspace.range(to, undefined);
  try {
    if (range !== undefined) draft.texts.set(home, addEntry(textOf(draft, home), 'dependencies', to, range));
  } catch {
    // No JSON: whoever wrote it so has to change it.
  }
}

/** One edit: from the first character that differs to the last. */
function changeOf(view: TargetView, file: string, after: string): readonly FileChange[] {
  const source = view.read(file);
  if (typeof source === 'string' || source.text === after) return [];
  const before = source.text;
  let start = 0;
  while (before[start] === after[start]) start++;
  let end = 0;
  const longest = Math.min(before.length, after.length) - start;
  while (end < longest && before.at(-1 - end) === after.at(-1 - end)) end++;
  const edit: Edit = {
    range: { start, end: before.length - end },
    text: after.slice(start, after.length - end),
    usages: [],
    group: 'package.json',
  };
  return [{ file, kind: 'modify', before, after, bom: source.bom, edits: [edit], step: 'imports' }];
}

function noVersion(missing: ReadonlyMap<string, ReadonlySet<string>>, { file }: Migration): RerouteError {
  const [first] = missing.keys();
  return new RerouteError({
    code: 'MANIFEST_NO_VERSION',
    message: `The manifest does not say which version of ${[...missing.keys()].join(', ')} to depend on. Nothing was written.`,
    where: { file },
    details: [...missing].flatMap(([name, homes]) => [...homes].map((home) => `${home} needs an entry for ${name}`)),
    next: `Add to the manifest: dependencies: { '${first}': '<version range>' }`,
  });
}
