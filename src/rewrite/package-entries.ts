import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { relativeToRoot } from '../base/paths.ts';
import type { Migration, ModuleRef } from '../manifest/migration.ts';
import type { Edit, FileChange } from '../plan/file-change.ts';
import type { TargetView } from '../survey/target-view.ts';
import { addEntry, entriesOf, removeEntry } from './json-entries.ts';

const SECTIONS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** A deprecated package, and the canonical one that its imports go to; `undefined`: they go to the target's own modules. */
interface PackageMove {
  readonly from: string;
  readonly to: string | undefined;
}

/**
 * The changes to package.json files that go with the changes to imports: the nearest one above an importer that lists the
 * deprecated package lists the canonical one too, in the same sections and with the manifest's version, and no longer the
 * deprecated one when nothing in that package names it any more. Only the entries' own characters change.
 *
 * Throws `MANIFEST_NO_VERSION` when an entry is needed whose version the manifest does not have.
 */
export function packageEntries(
  view: TargetView,
  migration: Migration,
  changes: readonly FileChange[],
): readonly FileChange[] {
  const moves = packageMoves(migration);
  if (moves.length === 0 || changes.length === 0) return [];
  const manifests = new Set(view.documents().filter((file) => path.posix.basename(file) === 'package.json'));
  const after = new Map<string, string | undefined>(changes.map((change) => [change.file, change.after]));
  // The manifest spells the package; it is no user of it.
  after.set(relativeToRoot(view.root, migration.file) ?? '', undefined);
  const texts = new Map<string, string>();
  const missing = new Map<string, Set<string>>();
  for (const { file, before, after: now } of changes) {
    for (const { from, to } of moves) {
      if (!names(before, from)) continue;
      const home = manifestsAbove(file, manifests).find((each) => sectionsWith(view, texts, each, from).length > 0);
      if (home === undefined) continue;
      if (to !== undefined && names(now, to)) add(view, texts, missing, home, { from, to }, migration);
      if (!isNamed(view, manifests, after, home, from)) {
        for (const section of sectionsWith(view, texts, home, from))
          texts.set(home, removeEntry(textOf(view, texts, home), section, from));
      }
    }
  }
  if (missing.size > 0) throw noVersion(missing, migration);
  return [...texts].flatMap(([file, text]) => changeOf(view, file, text));
}

function packageMoves(migration: Migration): readonly PackageMove[] {
  const moves = migration.moves.flatMap((move) => {
    const replaced = move.kind === 'module' ? move.replaces : move.replaces.map((each) => each.export.module);
    const canonical = move.kind === 'module' ? move.canonical : move.canonical.module;
    return replaced.flatMap((ref): PackageMove[] => {
      const [from, to] = [packageOf(ref), packageOf(canonical)];
      return from === undefined || from === to ? [] : [{ from, to }];
    });
  });
  return [...new Map(moves.map((move) => [`${move.from} ${move.to}`, move])).values()];
}

/** `@acme/router` of `@acme/router/testing`. */
function packageOf(ref: ModuleRef): string | undefined {
  return ref.kind === 'path' ? undefined : /^(?:@[^/]+\/)?[^/]+/.exec(ref.specifier)?.[0];
}

function manifestsAbove(file: string, manifests: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
    const manifest = path.posix.join(folder, 'package.json');
    if (manifests.has(manifest)) found.push(manifest);
    if (folder === '.') return found;
  }
}

function textOf(view: TargetView, texts: ReadonlyMap<string, string>, file: string): string {
  const source = texts.get(file) ?? view.read(file);
  return typeof source === 'string' ? source : source.text;
}

function sectionsWith(
  view: TargetView,
  texts: ReadonlyMap<string, string>,
  file: string,
  name: string,
): readonly string[] {
  try {
    return SECTIONS.filter((section) => entriesOf(textOf(view, texts, file), section).has(name));
  } catch {
    // No JSON: whoever wrote it so has to change it.
    return [];
  }
}

function add(
  view: TargetView,
  texts: Map<string, string>,
  missing: Map<string, Set<string>>,
  home: string,
  { from, to }: { readonly from: string; readonly to: string },
  { dependencies = {} }: Migration,
): void {
  for (const section of sectionsWith(view, texts, home, from)) {
    const text = textOf(view, texts, home);
    if (entriesOf(text, section).has(to)) continue;
    const range = dependencies[to];
    if (range === undefined) missing.set(to, (missing.get(to) ?? new Set()).add(home));
    else texts.set(home, addEntry(text, section, to, range, from));
  }
}

/** Whether a text names a package or something in it, in quotes. */
function names(text: string | undefined, name: string): boolean {
  return (
    text !== undefined && ["'", '"', '`'].some((q) => text.includes(`${q}${name}${q}`) || text.includes(`${q}${name}/`))
  );
}

/** Whether a file of the package that a package.json is about still names a dependency: code, or what configures it. */
function isNamed(
  view: TargetView,
  manifests: ReadonlySet<string>,
  after: ReadonlyMap<string, string | undefined>,
  home: string,
  name: string,
): boolean {
  const folder = path.posix.dirname(home);
  const configures = view.documents().filter((file) => /\.(?:jsonc?|json5|ya?ml)$/.test(file) && !manifests.has(file));
  return [...view.files(), ...configures].some((file) => {
    if (folder !== '.' && !file.startsWith(`${folder}/`)) return false;
    if (after.has(file)) return names(after.get(file), name);
    const source = view.read(file);
    return typeof source === 'object' && names(source.text, name);
  });
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
