import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { RerouteError } from './errors.ts';
import { toPosix } from './paths.ts';

/** The ratchet: which files may still use what is deprecated, by id. It only gets shorter unless somebody accepts a use. */
export const BASELINE_FILE = 'reroute-baseline.json';

/** One use that a baseline has, or that was seen. */
export interface BaselineUse {
  readonly id: string;
  /** Relative to the baseline's folder, with `/`; `node_modules/<package>` for what a package calls. */
  readonly file: string;
}

/** What differs between a baseline and what was seen, each by id, then by file. */
export interface BaselineDifference {
  readonly fresh: readonly BaselineUse[];
  readonly vanished: readonly BaselineUse[];
}

/** Where {@link fileOfSite} puts a call of which nobody knows the place. */
const UNKNOWN = '(unknown)';

export function formatBaseline(uses: readonly BaselineUse[]): string {
  const byId: Record<string, string[]> = {};
  for (const { id, file } of distinct(uses)) {
    byId[id] ??= [];
    byId[id].push(file);
  }
  return `${JSON.stringify({ reroute: 1, uses: byId }, null, 2)}\n`;
}

/** The uses of a baseline; none when there is no such file. Throws `BASELINE_INVALID`. */
export function readBaseline(file: string): readonly BaselineUse[] {
  if (!existsSync(file)) return [];
  try {
    const { reroute, uses } = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    if (reroute !== 1) throw new Error(`"reroute" is ${JSON.stringify(reroute)}, and this version reads 1`);
    return Object.entries<unknown>(uses).flatMap(([id, files]) => {
      if (!Array.isArray(files) || !files.every((one) => typeof one === 'string'))
        throw new Error(`the files of ${id} are no list of texts`);
      return files.map((one: string) => ({ id, file: one }));
    });
  } catch (cause) {
    throw new RerouteError({
      code: 'BASELINE_INVALID',
      message: `The baseline cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      where: { file },
      next: 'Restore it from version control, or remove it and accept what there is: npx reroute verify --update -- <test command>',
      cause,
    });
  }
}

/** What was seen and is not accepted, and what is accepted and was not seen. */
export function compareBaseline(accepted: readonly BaselineUse[], seen: readonly BaselineUse[]): BaselineDifference {
  const without = (list: readonly BaselineUse[], other: readonly BaselineUse[]) => {
    const known = new Set(other.map(keyOf));
    return distinct(list).filter((use) => !known.has(keyOf(use)));
  };
  return { fresh: without(seen, accepted), vanished: without(accepted, seen) };
}

/**
 * The file of a call site (`file:///app/src/a.ts:12:3`) as a baseline in `folder` has it. A package is one file, whatever
 * its version and however it is installed.
 */
export function fileOfSite(site: string, folder: string): string {
  const place = absoluteFile(site);
  if (place === undefined) return UNKNOWN;
  const owner = packageOf(place);
  if (owner !== undefined) return `node_modules/${owner}`;
  const relative = path.relative(realFolder(folder), place);
  return path.isAbsolute(relative) ? toPosix(place) : toPosix(relative);
}

/** The innermost package under `node_modules` that a place belongs to. */
export function packageOf(place: string): string | undefined {
  return /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(place)?.[1]?.replace('\\', '/');
}

/** `12:3` of `file:///app/src/a.ts:12:3`; empty when the site does not tell. */
export function positionOfSite(site: string): string {
  return /:(\d+:\d+)$/.exec(site)?.[1] ?? '';
}

/** The absolute path of a site's file; `undefined` when it is in no file. */
export function absoluteFile(site: string): string | undefined {
  const place = site.replace(/:\d+:\d+$/, '').replace(/\?.*$/, '');
  try {
    if (place.startsWith('file://')) return fileURLToPath(place);
  } catch {
    return undefined;
  }
  return path.isAbsolute(place) ? place : undefined;
}

/** Engines tell real paths, and a temporary folder may be reached by a link. */
function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function distinct(uses: readonly BaselineUse[]): readonly BaselineUse[] {
  const sorted = [...new Map(uses.map((use) => [keyOf(use), use])).values()];
  return sorted.sort((a, b) => compare(a.id, b.id) || compare(a.file, b.file));
}

function keyOf({ id, file }: BaselineUse): string {
  return JSON.stringify([id, file]);
}

/** By code units, so that no locale changes the order. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
