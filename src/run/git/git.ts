import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { RerouteError } from '../../base/errors.ts';
import { toPosix } from '../../base/paths.ts';

/**
 * Nothing that a repository configures may run: no hook, no file monitor, no signing program. Filters are no setting of
 * ours to turn off; who adds files asks {@link Git.filtered} first.
 */
const INERT = ['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'commit.gpgSign=false', 'gc.auto=0'];

/** Where a repository is may come from the folder only; a hook that started us sets these. */
const ELSEWHERE =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_.*|NAMESPACE|PREFIX|COMMON_DIR|CONFIG.*)$/;

/** Some of the files between two commits. */
export interface PartOfCommit {
  readonly base: string;
  readonly tip: string;
  readonly files: readonly string[];
  readonly message: string;
}

/** The git repository that a target lies in. Paths are relative to the target's root. */
export class Git {
  /** The target's root, as a real path. */
  readonly #root: string;
  /** From the repository's top to the target: `''`, or `packages/app/`. */
  readonly #prefix: string;
  readonly #hash: string;

  private constructor(root: string, prefix: string, hash: string) {
    this.#root = root;
    this.#prefix = prefix;
    this.#hash = hash;
  }

  /**
   * The repository around a target; `undefined` when it lies in none, is ignored by it, or git is not installed. Throws
   * `GIT_REFUSED` when git will not look at it.
   */
  static around(root: string): Git | undefined {
    if (!hasRepository(root)) return undefined;
    const asked = git(root, ['rev-parse', '--show-toplevel', '--show-object-format']);
    if (asked.missing) return undefined;
    if (asked.status !== 0) throw refused(root, asked.stderr);
    const [top, hash] = asked.stdout.trimEnd().split('\n') as [string, string];
    const inside = toPosix(path.relative(realpathSync.native(top), root));
    // Asked from the top: inside an ignored folder git speaks of nothing as ignored.
    if (inside !== '' && git(top, ['check-ignore', '-q', '--', inside]).status === 0) return undefined;
    return new Git(root, inside === '' ? '' : `${inside}/`, hash);
  }

  /** The name of the branch; `undefined` when none is checked out. */
  branch(): string | undefined {
    const { status, stdout } = this.#run(['symbolic-ref', '--quiet', '--short', 'HEAD']);
    return status === 0 ? stdout.trim() : undefined;
  }

  /** The commit before another; `undefined`: it is the first. */
  parentOf(commit: string): string | undefined {
    const { status, stdout } = this.#run(['rev-parse', '--verify', '--quiet', `${commit}^`]);
    return status === 0 ? stdout.trim() : undefined;
  }

  /** The id of the last commit; `undefined` before the first. */
  head(): string | undefined {
    const { status, stdout } = this.#run(['rev-parse', '--verify', '--quiet', 'HEAD']);
    return status === 0 ? stdout.trim() : undefined;
  }

  /**
   * Makes a branch with one commit on `base` that has these files as they are in `tip`, and touches neither the index nor
   * the files of the checkout. A branch of that name is replaced. Throws `GIT_FAILED`.
   */
  branchOfFiles(name: string, { base, tip, files, message }: PartOfCommit): void {
    const index = path.join(
      this.#must(['rev-parse', '--absolute-git-dir']).stdout.trim(),
      `reroute-index-${process.pid}`,
    );
    const own = { GIT_INDEX_FILE: index };
    try {
      const inTip = this.#blobs(tip, files);
      const gone = '0'.repeat(this.#hash === 'sha256' ? 64 : 40);
      const entries = files.map((file) => {
        const { mode, id } = inTip.get(file) ?? { mode: '0', id: gone };
        return `${mode} ${id}\t${this.#prefix}${file}\0`;
      });
      this.#must(['read-tree', base], '', own);
      this.#must(['update-index', '-z', '--index-info'], entries.join(''), own);
      const tree = this.#must(['write-tree'], '', own).stdout.trim();
      const commit = this.#must(['commit-tree', tree, '-p', base], message).stdout.trim();
      this.#must(['update-ref', `refs/heads/${name}`, commit]);
    } finally {
      rmSync(index, { force: true });
    }
  }

  #blobs(tip: string, files: readonly string[]): ReadonlyMap<string, { readonly mode: string; readonly id: string }> {
    const wanted = new Set(files.map((file) => this.#prefix + file));
    const found = new Map<string, { mode: string; id: string }>();
    for (const entry of this.#must(['ls-tree', '-r', '-z', '--full-tree', tip]).stdout.split('\0')) {
      const [, mode, id, file] = /^(\d+) blob (\S+)\t(.*)$/s.exec(entry) ?? [];
      if (mode && id && file !== undefined && wanted.has(file))
        found.set(file.slice(this.#prefix.length), { mode, id });
    }
    return found;
  }

  hasBranch(name: string): boolean {
    return this.#run(['rev-parse', '--verify', '--quiet', `refs/heads/${name}`]).status === 0;
  }

  /** Makes a branch where HEAD is, and checks it out; no file changes. Throws `GIT_FAILED`. */
  startBranch(name: string): void {
    this.#must(['checkout', '-q', '--no-track', '-b', name]);
  }

  /** The ids that the last commit and the index have for these files; `undefined`: the file is not there. */
  known(
    files: readonly string[],
  ): ReadonlyMap<string, { readonly head: string | undefined; readonly index: string | undefined }> {
    const wanted = new Set(files.map((file) => this.#prefix + file));
    const head = this.#ids(['ls-tree', '-r', '-z', '--full-tree', 'HEAD'], / blob (\S+)\t(.*)$/s, wanted);
    const index = this.#ids(
      ['ls-files', '-s', '-z', '--full-name', this.#prefix ? '.' : ':/'],
      /^\d+ (\S+) \d\t(.*)$/s,
      wanted,
    );
    return new Map(
      files.map((file) => [file, { head: head.get(this.#prefix + file), index: index.get(this.#prefix + file) }]),
    );
  }

  /** Whether bytes are a content that git knows by this id; git may keep line ends as LF that are CRLF here. */
  isContent(bytes: Buffer, id: string): boolean {
    return this.#id(bytes) === id || (bytes.includes('\r\n') && this.#id(withLf(bytes)) === id);
  }

  /** Those of the files that git hands to a program of the repository's before it keeps them. */
  filtered(files: readonly string[]): readonly string[] {
    const input = files.join('\0');
    const { stdout } = this.#must(['check-attr', '-z', '--stdin', 'filter'], input);
    const parts = stdout.split('\0');
    return files.filter((_, i) => !['unspecified', 'unset'].includes(parts[i * 3 + 2] ?? 'unspecified'));
  }

  /** Commits how these files are now, and nothing else that may be staged. The commit's id. Throws `GIT_FAILED`. */
  commit(files: readonly string[], message: string): string {
    const list = files.join('\0');
    const from = ['--pathspec-from-file=-', '--pathspec-file-nul'];
    // Files that git does not know yet have to be known before a commit can name them. Elsewhere than HEAD's is fine.
    this.#must(['add', '--sparse', '--all', ...from], list);
    this.#mustCommit(
      ['commit', '-q', '--no-verify', '--only', '--cleanup=verbatim', ...from, `--message=${message}`],
      list,
    );
    return this.#must(['rev-parse', 'HEAD']).stdout.trim();
  }

  /** The newest commit of HEAD's history with this line in its message; its id and subject. */
  findCommit(line: string): { readonly id: string; readonly subject: string } | undefined {
    const { status, stdout } = this.#run([
      'log',
      '-1',
      '--format=%H %s',
      '--fixed-strings',
      `--grep=${line}`,
      'HEAD',
      '--',
    ]);
    const [, id, subject] = /^(\S+) (.*)$/.exec(stdout.trim()) ?? [];
    return status === 0 && id !== undefined ? { id, subject: subject ?? '' } : undefined;
  }

  #ids(args: readonly string[], line: RegExp, wanted: ReadonlySet<string>): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    const { status, stdout } = this.#run(args);
    // Before the first commit there is no HEAD.
    if (status !== 0) return found;
    for (const entry of stdout.split('\0')) {
      const [, id, file] = line.exec(entry) ?? [];
      if (id !== undefined && file !== undefined && wanted.has(file)) found.set(file, id);
    }
    return found;
  }

  /** Source: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
  #id(bytes: Buffer): string {
    return createHash(this.#hash).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  }

  #run(args: readonly string[], input?: string, env?: Readonly<Record<string, string>>): Answer {
    return git(this.#root, args, input, env);
  }

  #must(args: readonly string[], input?: string, env?: Readonly<Record<string, string>>): Answer {
    const answer = this.#run(args, input, env);
    if (answer.status === 0) return answer;
    throw failed(args[0]!, answer.stderr, 'Correct what git says, then run the same command again.');
  }

  #mustCommit(args: readonly string[], input: string): void {
    const answer = this.#run(args, input);
    if (answer.status === 0) return;
    const unknown = /user\.(?:name|email)|Please tell me who you are/.test(answer.stderr);
    const next = unknown ? 'git config user.name "…" && git config user.email "…", then: git commit' : 'git status';
    throw failed('commit', answer.stderr, next);
  }
}

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** There is no git on this machine. */
  readonly missing: boolean;
}

function git(cwd: string, args: readonly string[], input = '', own: Readonly<Record<string, string>> = {}): Answer {
  const kept = Object.entries(process.env).filter(([name]) => !ELSEWHERE.test(name));
  const env = {
    ...Object.fromEntries(kept),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: args[0] === 'add' || args[0] === 'commit' ? '1' : '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    ...own,
  };
  const settings = INERT.flatMap((setting) => ['-c', setting]);
  const { status, stdout, stderr, error } = spawnSync('git', [...settings, ...args], {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1024 * 1024 * 1024,
    input,
  });
  return {
    status,
    stdout: stdout ?? '',
    stderr: stderr ?? '',
    missing: (error as { code?: string })?.code === 'ENOENT',
  };
}

function hasRepository(folder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return true;
    if (at === path.dirname(at)) return false;
  }
}

function withLf(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

/** For an option that only makes sense in a repository. */
export function noRepository(root: string, option: string): RerouteError {
  return new RerouteError({
    code: 'GIT_MISSING',
    message: `The target lies in no git repository, which ${option} needs. Nothing was written.`,
    where: { file: root },
    next: `the same command without ${option}; the ledger undoes phases without git, too`,
  });
}

function refused(root: string, said: string): RerouteError {
  return new RerouteError({
    code: 'GIT_REFUSED',
    message: 'The target lies in a git repository, and git will not look at it. Nothing was written.',
    where: { file: root },
    details: lines(said),
    next: 'Do what git says; or go on without it: the same command with --allow-dirty',
  });
}

function failed(command: string, said: string, next: string): RerouteError {
  return new RerouteError({ code: 'GIT_FAILED', message: `git ${command} failed.`, details: lines(said), next });
}

function lines(text: string): readonly string[] {
  return text
    .trim()
    .split('\n')
    .filter((line) => line !== '');
}
