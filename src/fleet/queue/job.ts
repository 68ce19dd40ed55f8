import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { RerouteError } from '../../base/errors.ts';
import { sha256 } from '../../base/hashes.ts';
import { isInside, toPosix } from '../../base/paths.ts';
import type { FleetTarget } from '../fleet-file.ts';
import { type FleetTask, targetName } from '../task.ts';

/** An address of a repository: no helper program, nothing that git could take for an option. */
const ADDRESS =
  /^(?:(?:https?|ssh|git):\/\/(?!-)[^\s@]*(?:@(?!-)[^\s@]*)?|file:\/\/\/[^\s]*|\w[\w.-]*@\w[\w.-]*:(?!-)[^\s]*)$/;
/** What git allows in the name of a branch, and less. */
const REF = /^(?!.*(?:\.\.|\/\/|\.lock(?:\/|$)|[./]$))\w[\w./+@-]*$/;

const ref = z.string().max(250).regex(REF, 'no name of a branch or tag');
const relativePath = z
  .string()
  .max(1000)
  .refine(isRelative, 'it has to be a path below the work folder, with / between folders and no ..');

/** What is to be done on one target, on any machine: nothing in it depends on where a worker keeps its files. */
export const fleetJob = z.strictObject({
  version: z.literal(1),
  name: targetName,
  source: z.union([
    /** Relative to the work folder. */
    z.strictObject({ path: relativePath }),
    z.strictObject({ git: z.string().max(2000).regex(ADDRESS, 'no address of a repository'), ref: ref.optional() }),
  ]),
  /** One phase; left out: all of them. */
  phase: z.string().min(1).max(200).optional(),
  /** The hash of the manifest that it is meant for. */
  manifest: z.string().regex(/^[0-9a-f]{12}$/),
  dryRun: z.boolean(),
  allowDirty: z.boolean(),
  commit: z.boolean(),
  branch: ref.optional(),
});
export type FleetJob = z.infer<typeof fleetJob>;

/** The same for the same work, so that putting it into the queue twice is putting it there once. */
export function jobId(job: FleetJob): string {
  const { version, name, source, phase, manifest, dryRun, allowDirty, commit, branch } = job;
  const from = 'path' in source ? { path: source.path } : { git: source.git, ref: source.ref };
  const facts = [version, name, from, phase ?? null, manifest, dryRun, allowDirty, commit, branch ?? null];
  return `target-${sha256(JSON.stringify(facts)).slice(0, 32)}`;
}

/** Where a target is, told so that every worker finds it. Throws `FLEET_OUTSIDE_WORK`. */
export function sourceOf({ name, root, git }: FleetTarget, work: string): FleetJob['source'] {
  if (git) return git.ref === undefined ? { git: git.url } : { git: git.url, ref: git.ref };
  if (!isInside(work, root)) throw outside(name, root, work);
  return { path: toPosix(path.relative(work, root)) || '.' };
}

export interface JobPlace {
  /** Absolute, real: no target lies elsewhere. */
  readonly work: string;
  /** The manifest that the worker was started with, absolute, and its hash. */
  readonly manifest: string;
  readonly hash: string;
}

/** A job on this machine. Throws `FLEET_OUTSIDE_WORK`, `FLEET_OTHER_MANIFEST`. */
export function taskOf(
  { name, source, phase, manifest, dryRun, allowDirty, commit, branch }: FleetJob,
  place: JobPlace,
): { readonly target: FleetTarget; readonly task: FleetTask } {
  if (manifest !== place.hash) throw otherManifest(manifest, place);
  const root = path.join(place.work, 'path' in source ? source.path : name);
  if (!isInside(place.work, realPlace(root))) throw outside(name, root, place.work);
  if ('git' in source && source.git.startsWith('file:') && !isInside(place.work, realPlace(fileOf(source.git)))) {
    throw outside(name, source.git, place.work);
  }
  const git = 'git' in source ? { git: { url: source.git, ref: source.ref } } : {};
  return {
    target: { name, root, ...git },
    task: {
      name,
      root,
      manifest: place.manifest,
      hash: place.hash,
      standing: true,
      ...(phase !== undefined && { phase }),
      ...(branch !== undefined && { branch }),
      dryRun,
      allowDirty,
      commit,
    },
  };
}

/** The real path of a place, as far as it is there. */
export function realPlace(place: string): string {
  if (existsSync(place)) return realpathSync(place);
  const up = path.dirname(place);
  return up === place ? place : path.join(realPlace(up), path.basename(place));
}

function fileOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname);
}

function isRelative(text: string): boolean {
  if (text === '.') return true;
  return !/[\\:\0]/.test(text) && text.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function outside(name: string, root: string, work: string): RerouteError {
  return new RerouteError({
    code: 'FLEET_OUTSIDE_WORK',
    message: `The target ${name} does not lie in the work folder.`,
    where: { file: root },
    details: [`The work folder is ${work}.`],
    next: 'Name a folder that all targets lie in: --work <folder>, the same place for every worker',
  });
}

function otherManifest(wanted: string, { manifest, hash }: JobPlace): RerouteError {
  return new RerouteError({
    code: 'FLEET_OTHER_MANIFEST',
    message: `The job is for a manifest with the hash ${wanted}; this worker was started with one that has ${hash}.`,
    where: { file: manifest },
    next: 'Start the workers with the manifest of the jobs, or put the targets into the queue again with this one.',
  });
}
