import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastGlob from 'fast-glob';
import { z } from 'zod';
import { RerouteError } from '../base/errors.ts';
import { toPosix } from '../base/paths.ts';
import { targetName } from './task.ts';

const entry = z.union([
  z.string().min(1),
  z.strictObject({ path: z.string().min(1), name: targetName.optional() }),
  z.strictObject({ git: z.string().min(1), name: targetName.optional(), ref: z.string().min(1).optional() }),
]);
const fleetFile = z.strictObject({
  /** One for all; left out: each target has its own. */
  manifest: z.string().min(1).optional(),
  /** Folders, globs that end in folders, git URLs, or objects. */
  targets: z.array(entry).min(1),
});

/** One target of a fleet: a folder that is there, or a repository to be cloned. */
export interface FleetTarget {
  readonly name: string;
  /** Absolute. */
  readonly root: string;
  readonly git?: { readonly url: string; readonly ref: string | undefined };
}

export interface Fleet {
  /** Absolute. */
  readonly manifest: string | undefined;
  /** By name, each once. */
  readonly targets: readonly FleetTarget[];
}

/** Looks like an address and not like a folder: `https://…`, `ssh://…`, `git@host:path`, `file:///…`. */
const URL = /^(?:[a-z][a-z0-9+.-]*:\/\/|[\w.-]+@[\w.-]+:)/i;

/**
 * The targets that a fleet file names. Folders and the manifest are relative to the file; repositories are cloned into
 * `clones`, absolute. Throws `FLEET_NOT_FOUND`, `FLEET_INVALID`.
 */
export function readFleet(file: string, clones: string): Fleet {
  const folder = path.dirname(file);
  const given = parse(file);
  const targets = given.targets.flatMap((one) => targetsOf(one, folder, clones, file));
  const byName = new Map<string, FleetTarget>();
  for (const target of targets) {
    const known = byName.get(target.name);
    if (known && known.root !== target.root) {
      throw invalid(file, [`two targets are called ${target.name}: ${known.root} and ${target.root}; give one a name`]);
    }
    byName.set(target.name, target);
  }
  const manifest = given.manifest === undefined ? undefined : path.resolve(folder, given.manifest);
  return { manifest, targets: [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function parse(file: string): z.infer<typeof fleetFile> {
  if (!existsSync(file)) {
    throw new RerouteError({
      code: 'FLEET_NOT_FOUND',
      message: 'There is no fleet file.',
      where: { file },
      next: 'Write one: { "manifest": "reroute.config.ts", "targets": ["../apps/*", "https://…/web.git"] }   (or: --fleet <file>)',
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw invalid(file, [(error as Error).message]);
  }
  const read = fleetFile.safeParse(value);
  if (read.success) return read.data;
  throw invalid(
    file,
    read.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`),
  );
}

function targetsOf(one: z.infer<typeof entry>, folder: string, clones: string, file: string): readonly FleetTarget[] {
  if (typeof one === 'string' && URL.test(one)) return [cloned({ git: one }, clones, file)];
  if (typeof one === 'object' && 'git' in one) return [cloned(one, clones, file)];
  const { path: given, name: called } = typeof one === 'string' ? { path: one, name: undefined } : one;
  if (fastGlob.isDynamicPattern(given)) return foldersOf(given, folder, file);
  const root = path.resolve(folder, given);
  return [{ name: called ?? nameOf(root, folder), root }];
}

function foldersOf(glob: string, folder: string, file: string): readonly FleetTarget[] {
  const found = fastGlob.sync(toPosix(glob), {
    cwd: folder,
    onlyDirectories: true,
    followSymbolicLinks: false,
    ignore: ['**/node_modules', '**/node_modules/**'],
  });
  if (found.length === 0) throw invalid(file, [`${glob}: no folder is called so`]);
  return found.map((each) => {
    const root = path.resolve(folder, each);
    return { name: nameOf(root, folder), root };
  });
}

function cloned(
  { git: url, name: called, ref }: { git: string; name?: string | undefined; ref?: string | undefined },
  clones: string,
  file: string,
): FleetTarget {
  const own = called ?? /([^/:]+?)(?:\.git)?\/*$/.exec(url)?.[1] ?? '';
  if (!targetName.safeParse(own).success) throw invalid(file, [`${url}: it needs a name`]);
  return { name: own, root: path.join(clones, own), git: { url, ref } };
}

/** The path without what leads out of the fleet file's folder: `../apps/web` is called `apps/web`. */
function nameOf(root: string, folder: string): string {
  const relative = toPosix(path.relative(folder, root)).replace(/^(?:\.\.\/)+/, '');
  return relative === '' || relative === '..' ? path.basename(root) : relative;
}

function invalid(file: string, details: readonly string[]): RerouteError {
  return new RerouteError({
    code: 'FLEET_INVALID',
    message: 'The fleet file cannot be used.',
    where: { file },
    details,
    next: 'Correct it, then see what it names: reroute fleet status',
  });
}
