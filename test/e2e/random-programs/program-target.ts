import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { normalise } from '../../../src/manifest/normalise.ts';
import { writeFiles } from '../../temporary-folder.ts';
import { REPO } from '../command.ts';
import { MIGRATION, ROUTERS } from './routers.ts';

/** Runs each program by itself and prints, as JSON, what each one recorded and gave, or threw. */
const RUNNER = `import { readdirSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
const root = path.join(process.argv[2], 'src');
const { calls } = await import(path.join(root, 'trace.js'));
const count = readdirSync(path.join(root, 'cases')).filter((name) => name.endsWith('.js')).length;
const said = [];
for (let i = 0; i < count; i++) {
  calls.length = 0;
  const out = [];
  let ended = 'ended';
  try {
    const { run } = await import(path.join(root, 'cases', 'c' + i + '.js'));
    await run(out);
  } catch (error) {
    ended = String(error);
  }
  said.push(inspect({ out, calls, ended }, { depth: 9, maxArrayLength: null, breakLength: 120 }));
}
console.log(JSON.stringify(said));
`;

/** A folder that one batch of programs after the other is migrated in. */
export class ProgramTarget {
  /** Beside the target: what \`tsc\` emits, and the program that runs it. */
  readonly outside = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'reroute-programs-')));
  readonly root = path.join(this.outside, 'target');
  readonly runner = path.join(this.outside, 'run.mjs');
  readonly migration = normalise(MIGRATION, path.join(this.root, 'reroute.config.ts'), '');
  #seconds = 0;

  /** The routers and these files, and nothing of the batch before. */
  start(files: Readonly<Record<string, string>>): void {
    for (const folder of ['target', 'before', 'after'])
      rmSync(path.join(this.outside, folder), { recursive: true, force: true });
    mkdirSync(this.root);
    writeFileSync(this.runner, RUNNER);
    writeFiles(this.root, { ...ROUTERS, ...files });
    this.install(this.root);
  }

  /** Makes \`reroute/deprecation\` resolve in a folder, whose modules are ES modules. */
  install(folder: string): void {
    mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
    symlinkSync(REPO, path.join(folder, 'node_modules/reroute'), 'dir');
    writeFileSync(path.join(folder, 'package.json'), ROUTERS['package.json']!);
  }

  /** Path → text of all that is the target's own. */
  tree(): Readonly<Record<string, string>> {
    const files = filesBelow(this.root, new Set(['.reroute', 'node_modules']));
    return Object.fromEntries(
      [...files].sort().map((file) => [file, readFileSync(path.join(this.root, file), 'utf8')]),
    );
  }

  /** A second later at each call. */
  now(): Date {
    return new Date(Date.UTC(2026, 10, 21, 3, 0, this.#seconds++));
  }

  remove(): void {
    rmSync(this.outside, { recursive: true, force: true });
  }
}

/** The files below a folder, relative. */
function filesBelow(root: string, without: ReadonlySet<string>): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter(({ name }) => !without.has(name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesBelow(path.join(root, entry.name), without).map((file) => path.posix.join(entry.name, file))
        : [entry.name],
    );
}
