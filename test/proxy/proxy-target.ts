import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSurfaceReader } from '../../src/compiler/surface-reader.ts';
import type { MigrationInput } from '../../src/manifest/define-migration.ts';
import { normalise } from '../../src/manifest/normalise.ts';
import { type ProxyPlan, planProxies } from '../../src/proxy/plan-proxies.ts';
import { listFiles } from '../../src/survey/list-files.ts';
import { afterThisFile } from '../clean-up.ts';

const repo = path.resolve(import.meta.dirname, '../..');
const tsc = path.join(repo, 'node_modules/typescript/bin/tsc');
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A small real target in a temporary folder, with `reroute/deprecation` installed as it ships. */
export class ProxyTarget {
  readonly root = mkdtempSync(path.join(tmpdir(), 'reroute-proxy-'));

  constructor(files: Readonly<Record<string, string>>) {
    afterThisFile(() => rmSync(this.root, { recursive: true, force: true }));
    this.write(files);
    mkdirSync(path.join(this.root, 'node_modules'), { recursive: true });
    symlinkSync(runtimePackage(), path.join(this.root, 'node_modules/reroute'), 'dir');
  }

  write(files: Readonly<Record<string, string>>): this {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(this.root, file)), { recursive: true });
      writeFileSync(path.join(this.root, file), text);
    }
    return this;
  }

  read = (file: string): string | undefined => {
    const absolute = path.join(this.root, file);
    return existsSync(absolute) ? readFileSync(absolute, 'utf8') : undefined;
  };

  plan(
    input: Omit<MigrationInput, 'name'> & { name?: string },
    readOriginal?: (file: string) => string | undefined,
  ): ProxyPlan {
    return planProxies({
      migration: normalise({ name: 'router', ...input }, path.join(this.root, 'reroute.config.ts'), ''),
      root: this.root,
      reader: createSurfaceReader({ root: this.root }),
      files: listFiles(this.root).sources,
      readText: this.read,
      ...(readOriginal ? { readOriginal } : {}),
    });
  }

  apply(plan: ProxyPlan): this {
    return this.write(Object.fromEntries(plan.changes.map(({ file, after }) => [file, after!])));
  }

  /** What the real compiler says of the target; empty when all is well. */
  compile(...flags: string[]): string {
    const { stdout, stderr } = run(tsc, ['-p', this.root, '--pretty', 'false', ...flags], this.root);
    return stdout + stderr;
  }

  /** Runs a file of the target, in Node as it is. */
  run(file: string, ...flags: string[]): Ran {
    return run(path.join(this.root, file), [], this.root, flags);
  }

  /** The same with more in its environment. */
  runWith(env: Readonly<Record<string, string>>, file: string): Ran {
    return run(path.join(this.root, file), [], this.root, [], env);
  }
}

/** A package `reroute` that has the run-time part as it ships, compiled once a process. */
let runtime: string | undefined;
export function runtimePackage(): string {
  if (runtime) return runtime;
  runtime = mkdtempSync(path.join(tmpdir(), 'reroute-runtime-'));
  writeFileSync(
    path.join(runtime, 'package.json'),
    JSON.stringify({
      name: 'reroute',
      type: 'module',
      exports: {
        './deprecation': './deprecation/index.js',
        './deprecation/overrides': './deprecation/reach-overrides.js',
      },
    }),
  );
  writeFileSync(
    path.join(runtime, 'tsconfig.json'),
    JSON.stringify({
      extends: path.join(repo, 'tsconfig.build.json'),
      compilerOptions: { outDir: 'deprecation', rootDir: path.join(repo, 'src/deprecation'), types: [] },
      include: [path.join(repo, 'src/deprecation')],
    }),
  );
  const { status, stdout } = run(tsc, ['-p', runtime], runtime);
  if (status !== 0) throw new Error(stdout);
  return runtime;
}

/** The deprecation warnings that Node printed, one a line, without the process id and the numbers of their codes. */
export function warnings(ran: Ran): string[] {
  return ran.stderr
    .split('\n')
    .filter((line) => line.includes('DeprecationWarning:'))
    .map((line) => line.replace(/^\(node:\d+\) /, '').replace(/_\d+\]/, '_n]'));
}

function run(file: string, args: readonly string[], cwd: string, flags: readonly string[] = [], env = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, file, ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  });
  return { status, stdout, stderr };
}
