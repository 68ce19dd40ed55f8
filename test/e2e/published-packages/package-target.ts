import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { MigrationInput } from '../../../src/manifest/define-migration.ts';
import { loadManifest } from '../../../src/manifest/load.ts';
import { nodeDisk } from '../../../src/run/disk.ts';
import { type RolledBack, rollback } from '../../../src/run/rollback.ts';
import { type RunResult, run } from '../../../src/run/run.ts';
import type { RunRecord } from '../../../src/run/run-record.ts';
import { withLedger } from '../../../src/run/with-ledger.ts';

const installed = path.resolve(import.meta.dirname, '../../../node_modules');
const TSC = path.join(installed, 'typescript/bin/tsc');

/** `src` of a published package, copied into a temporary folder with a manifest, on which real runs are made. */
export class PackageTarget {
  readonly root: string;
  readonly #folder: string;
  readonly #package: string;
  readonly #name: string;
  #minutes = 0;

  /** `canonical` is the manifest's; phases are those that stand in. `beside`: files of the package beside `src`. */
  constructor(name: 'three' | 'rxjs', beside: readonly string[], canonical: MigrationInput['canonical']) {
    this.#name = `${name}-migration`;
    this.#package = path.join(installed, name);
    this.#folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), `reroute-${name}-`)));
    this.root = path.join(this.#folder, name);
    for (const part of ['src', ...beside])
      cpSync(path.join(this.#package, part), path.join(this.root, part), { recursive: true });
    const manifest: MigrationInput = { name: this.#name, canonical, gates: ['types'] };
    writeFileSync(path.join(this.root, 'reroute.config.ts'), `export default ${JSON.stringify(manifest)};\n`);
  }

  /** Runs every phase for real; their records, in order. */
  async run(): Promise<readonly RunRecord[]> {
    const { records }: RunResult = await run({
      migration: await loadManifest(path.join(this.root, 'reroute.config.ts')),
      target: this.root,
      phases: 'all',
      dryRun: false,
      anyway: false,
      ignoreBadTsconfig: false,
      now: () => this.#now(),
    });
    return records;
  }

  /** Undoes every run. */
  rollback(): Promise<readonly RolledBack[]> {
    const now = this.#now();
    return withLedger({ disk: nodeDisk, root: this.root, command: 'reroute rollback --all', now }, ({ ledger }) =>
      rollback({ disk: nodeDisk, ledger, what: 'all', migration: this.#name, now }),
    );
  }

  #now(): Date {
    return new Date(Date.UTC(2026, 10, 21, 3, this.#minutes++));
  }

  /** The source files, relative to the root, sorted. */
  sources(): readonly string[] {
    return readdirSync(path.join(this.root, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name))
      .map((entry) => path.posix.join(path.relative(this.root, entry.parentPath), entry.name))
      .sort();
  }

  read(file: string): string {
    return readFileSync(path.join(this.root, file), 'utf8');
  }

  /** What the package has there as it was published. */
  published(file: string): string {
    return readFileSync(path.join(this.#package, file), 'utf8');
  }

  /** All that stands in the target but its ledger: path → hash of the bytes. */
  tree(): Readonly<Record<string, string>> {
    const tree: Record<string, string> = {};
    for (const entry of readdirSync(this.root, { recursive: true, withFileTypes: true })) {
      const absolute = path.join(entry.parentPath, entry.name);
      const file = path.relative(this.root, absolute);
      if (file === '.reroute' || file.startsWith(`.reroute${path.sep}`)) continue;
      tree[file] = entry.isFile() ? createHash('sha256').update(readFileSync(absolute)).digest('hex') : 'folder';
    }
    return tree;
  }

  /** What an ES module prints as JSON, run by Node in the target. */
  node(code: string): unknown {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: this.root,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  }

  /**
   * What `tsc` of TypeScript 7 finds wrong, without lines and columns, sorted; the JavaScript goes to `out`, beside the
   * target. The options that TypeScript 7 no longer knows are set anew.
   */
  compile(out: string): { readonly errors: readonly string[]; readonly folder: string } {
    const folder = path.join(this.#folder, out);
    const options = '--moduleResolution bundler --module commonjs --baseUrl null --types null --incremental false';
    const { stdout } = spawnSync(
      process.execPath,
      [TSC, '-p', 'tsconfig.json', ...options.split(' '), '--noEmit', 'false', '--outDir', folder, '--pretty', 'false'],
      { cwd: this.root, encoding: 'utf8' },
    );
    const errors = stdout.split(/\n(?=\S)/).filter((error) => error.trim() !== '');
    return { errors: errors.map((error) => error.trimEnd().replace(/\(\d+,\d+\)/, '')).sort(), folder };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
