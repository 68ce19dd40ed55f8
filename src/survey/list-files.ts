import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastGlob from 'fast-glob';
import ignore, { type Ignore } from 'ignore';
import { toPosix } from '../base/paths.ts';

/** The extensions of the files that usages are searched in. */
const SOURCE_EXTENSIONS = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'] as const;

/** Files that may speak of a module without importing it, and those that configure how modules are found. */
const DOCUMENT_EXTENSIONS = ['md', 'mdx', 'json', 'jsonc', 'json5', 'yml', 'yaml', 'toml', 'html'] as const;

/** What a package manager writes: long, and made again by it. */
const LOCK_FILES = new Set(['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml']);

const NEVER = new Set(['node_modules', '.git', '.reroute']);

export interface TargetFiles {
  readonly sources: readonly string[];
  readonly documents: readonly string[];
}

/**
 * The target's source files and documents, found in one walk; relative to `root`, `/` between segments, sorted by UTF-16 units.
 *
 * Left out: what git ignores (`.gitignore` at every level, also above `root` up to the repository, and
 * `.git/info/exclude`), `node_modules`, repositories inside it (submodules), and every link, so that nothing outside the
 * target is ever reached.
 * Source: gitignore(5); the order of precedence is the `ignore` package's, folder by folder.
 */
export function listFiles(root: string): TargetFiles {
  const files = walk(root, `**/*.{${[...SOURCE_EXTENSIONS, ...DOCUMENT_EXTENSIONS].join(',')}}`);
  return {
    sources: files.filter(isSource),
    documents: files.filter((file) => !isSource(file) && !LOCK_FILES.has(path.posix.basename(file))),
  };
}

/** All files of the target, whatever they are, with the same ones left out; sorted like {@link listFiles}. */
export function listAllFiles(root: string): readonly string[] {
  return walk(root, '**/*');
}

function walk(root: string, glob: string): readonly string[] {
  const rules = new IgnoreRules(root);
  const readdir = (folder: string): Dirent[] => {
    const entries = readdirSync(folder, { withFileTypes: true });
    if (entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) rules.add(folder, '.gitignore');
    return entries.filter(
      (entry) =>
        !entry.isSymbolicLink() &&
        !NEVER.has(entry.name) &&
        !rules.ignores(path.join(folder, entry.name), entry.isDirectory()) &&
        !(entry.isDirectory() && existsSync(path.join(folder, entry.name, '.git'))),
    );
  };
  const files = fastGlob.sync(glob, {
    cwd: root,
    dot: true,
    followSymbolicLinks: false,
    suppressErrors: false,
    fs: { readdirSync: readdir as unknown as typeof readdirSync },
  });
  return files.sort();
}

/** Whether a compiler reads it. */
export function isSource(file: string): boolean {
  return SOURCE_FILE.test(file);
}

const SOURCE_FILE = new RegExp(`\\.(?:${SOURCE_EXTENSIONS.join('|')})$`);

/** The ignore files that apply at and below a folder, each relative to where it stands. */
class IgnoreRules {
  readonly #byFolder = new Map<string, Ignore>();
  #top: string;

  constructor(root: string) {
    this.#top = repositoryRoot(root) ?? root;
    this.add(this.#top, '.git/info/exclude');
    for (let folder = root; folder !== this.#top; folder = path.dirname(folder)) {
      this.add(path.dirname(folder), '.gitignore');
    }
    // A target that its own repository ignores was named on purpose: only the rules inside it count then.
    if (root !== this.#top && this.ignores(root, true)) {
      this.#byFolder.clear();
      this.#top = root;
    }
  }

  add(folder: string, name: string): void {
    const file = path.join(folder, name);
    if (!existsSync(file)) return;
    const rules = this.#byFolder.get(folder) ?? ignore();
    rules.add(readFileSync(file, 'utf8'));
    this.#byFolder.set(folder, rules);
  }

  /** The nearest rule decides, as git does it: an inner `!keep` wins over an outer `keep`. */
  ignores(file: string, isFolder: boolean): boolean {
    if (this.#byFolder.size === 0) return false;
    for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
      const rules = this.#byFolder.get(folder);
      if (rules) {
        const relative = toPosix(path.relative(folder, file));
        const verdict = rules.test(isFolder ? `${relative}/` : relative);
        if (verdict.ignored) return true;
        if (verdict.unignored) return false;
      }
      if (folder === this.#top || folder === path.dirname(folder)) return false;
    }
  }
}

function repositoryRoot(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return at;
    if (at === path.dirname(at)) return undefined;
  }
}
