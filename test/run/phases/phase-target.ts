import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { MigrationInput } from '../../../src/manifest/define-migration.ts';
import { loadManifest } from '../../../src/manifest/load.ts';
import type { Migration } from '../../../src/manifest/migration.ts';
import { type RunResult, run } from '../../../src/run/run.ts';
import type { RunOptions } from '../../../src/run/run-options.ts';
import type { RunRecord } from '../../../src/run/run-record.ts';
import { temporaryFolder, writeFiles } from '../../temporary-folder.ts';

const repo = path.resolve(import.meta.dirname, '../../..');

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A small target in a temporary folder with its manifest in it, on which real runs are made. */
export class PhaseTarget {
  readonly root: string;
  /** Absolute. */
  readonly manifest: string;
  #minutes = 0;

  /** `reroute` resolves in the target unless `runtime` is false. */
  constructor(files: Files, input: MigrationInput, { runtime = true }: { runtime?: boolean } = {}) {
    this.root = temporaryFolder(files);
    this.manifest = path.join(this.root, 'reroute.config.ts');
    this.describe(input);
    if (runtime) installReroute(this.root);
  }

  /** Writes the manifest anew. */
  describe(input: MigrationInput): this {
    writeManifest(this.manifest, input);
    return this;
  }

  write(files: Files): this {
    writeFiles(this.root, files);
    return this;
  }

  read(file: string): string {
    return readFileSync(path.join(this.root, file), 'utf8');
  }

  bytes(file: string): Buffer {
    return readFileSync(path.join(this.root, file));
  }

  migration(): Promise<Migration> {
    return loadManifest(this.manifest);
  }

  /** Runs phases with the manifest as it is now; every run is a minute later than the one before. */
  async run(phases: readonly string[] | 'all' = 'all', options: Partial<RunOptions> = {}): Promise<RunResult> {
    const minute = this.#minutes++;
    return run({
      migration: options.migration ?? (await this.migration()),
      target: this.root,
      phases,
      dryRun: false,
      anyway: false,
      ignoreBadTsconfig: false,
      now: () => new Date(Date.UTC(2026, 10, 21, 3, minute)),
      ...options,
    });
  }

  /** Runs one phase; its record. */
  async phase(name: string, options: Partial<RunOptions> = {}): Promise<RunRecord> {
    const { records } = await this.run([name], options);
    return records[0]!;
  }

  /** Everything below the root, links not followed: path → mode and content. Two equal trees: nothing happened. */
  tree({ ledger = true }: { ledger?: boolean } = {}): Record<string, string> {
    return treeOf(this.root, ledger ? [] : ['.reroute']);
  }

  /** When each file but the ledger's was last written, and which inode it is. */
  stamps(): Record<string, string> {
    const stamp = (absolute: string) => {
      const { mtimeNs, ino } = statSync(absolute, { bigint: true });
      return `${ino} ${mtimeNs}`;
    };
    const files = [...walk(this.root, ['.reroute', 'node_modules'])];
    return Object.fromEntries(files.map(([file, absolute]) => [file, stamp(absolute)]));
  }
}

export function writeManifest(file: string, input: MigrationInput): void {
  const text = `import { defineMigration } from 'reroute';\nexport default defineMigration(${JSON.stringify(input, undefined, 2)});\n`;
  writeFiles(path.dirname(file), { [path.basename(file)]: text });
}

/** Makes `reroute/deprecation` resolve in a target, as after an install. */
export function installReroute(root: string): void {
  mkdirSync(path.join(root, 'node_modules'), { recursive: true });
  symlinkSync(repo, path.join(root, 'node_modules/reroute'), 'dir');
}

/** As {@link PhaseTarget.tree}, of any folder. */
export function treeOf(root: string, without: readonly string[] = []): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [file, absolute] of walk(root, without)) {
    const facts = lstatSync(absolute);
    const mode = (facts.mode & 0o7777).toString(8);
    if (facts.isSymbolicLink()) found[file] = `link to ${readlinkSync(absolute)}`;
    else if (facts.isDirectory()) found[file] = `folder ${mode}`;
    else found[file] = `file ${mode} ${createHash('sha256').update(readFileSync(absolute)).digest('hex')}`;
  }
  return found;
}

function* walk(root: string, without: readonly string[], folder = ''): Generator<[string, string]> {
  for (const name of readdirSync(path.join(root, folder)).sort()) {
    const file = path.posix.join(folder, name);
    if (without.includes(file)) continue;
    const absolute = path.join(root, file);
    yield [file, absolute];
    if (lstatSync(absolute).isDirectory()) yield* walk(root, without, file);
  }
}

/** `src/a.ts:3 register_handler edited`, or with the reason's code instead of the result's: one line an outcome. */
export function told({ outcomes }: RunRecord): string[] {
  return outcomes.map(({ usage, result, reason }) => {
    const why = reason ? `${result} ${reason.code}` : result;
    return `${usage.place.file}:${usage.place.line} ${usage.text} ${why}`;
  });
}

/** The changed files of a record. */
export function changed({ changes }: RunRecord): string[] {
  return changes.map(({ file }) => file).sort();
}

export const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    target: 'es2022',
    module: 'nodenext',
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  },
});

/** Two routers: the old one's members are said otherwise in the new one. */
export const ROUTERS: Files = {
  'package.json': '{ "name": "target", "type": "module", "private": true }\n',
  'tsconfig.json': TSCONFIG,
  'src/router.ts': `export type Handler = (text: string) => void;
export class Router {
  readonly #handlers = new Map<string, Handler>();
  addHandler(type: string, handler: Handler): void {
    this.#handlers.set(type, handler);
  }
  getOrder(): string[] {
    return [...this.#handlers.keys()];
  }
}
`,
  'src/old_router.ts': `export type Handler = (text: string) => void;
/** The router that everybody used. */
export class OldRouter {
  readonly #handlers = new Map<string, Handler>();
  register_handler(type: string, handler: Handler): void {
    this.#handlers.set(type, handler);
  }
  get_order(): string[] {
    return [...this.#handlers.keys()];
  }
}
`,
  'src/queue.ts': `export class Queue {
  readonly #jobs: string[] = [];
  register_handler(job: string): void {
    this.#jobs.push(job);
  }
}
`,
  'src/app.ts': `import { OldRouter } from './old_router.ts';
import { Queue } from './queue.ts';

// The queue has a register_handler of its own.
export function start(): OldRouter {
  const router = new OldRouter();
  router.register_handler('ping', () => {});
  new Queue().register_handler('ping');
  return router;
}
`,
  'test/app.test.ts': `import { start } from '../src/app.ts';
import { OldRouter } from '../src/old_router.ts';

const router: OldRouter = start();
router.register_handler('pong', () => {});
if (router.get_order().join() !== 'ping,pong') throw new Error('order');
`,
};

/** From the old router to the new one, in three phases. */
export const MIGRATION: MigrationInput = {
  name: 'routers',
  canonical: {
    'src/router.ts': {
      Router: {
        replaces: ['src/old_router.ts#OldRouter'],
        members: { register_handler: 'addHandler', get_order: 'getOrder' },
      },
      Handler: { replaces: ['src/old_router.ts#Handler'] },
    },
  },
  phases: [
    { name: 'consolidate', steps: ['proxies'] },
    { name: 'production', files: ['src/**'], steps: ['imports', 'members'] },
    { name: 'tests', files: ['test/**'], steps: ['imports', 'members'] },
  ],
  gates: ['types'],
};
