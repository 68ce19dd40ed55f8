import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { RerouteError } from '../base/errors.ts';
import type { FleetTarget } from './fleet-file.ts';

const run = promisify(execFile);

/** Addresses that name a program to run (`ext::`) or hide options are none that a fleet file should bring along. */
const PROTOCOLS = 'https:http:ssh:git:file';

/**
 * The target's folder, cloned if it is not there yet. Nothing that the repository brings along is run. Throws
 * `FLEET_CLONE`.
 */
export async function cloneTarget({ root, git }: FleetTarget, signal?: AbortSignal): Promise<void> {
  if (!git || existsSync(root)) return;
  const { url, ref } = git;
  for (const text of [url, ref]) if (text?.startsWith('-')) throw notCloned(url, ['it begins with a dash']);
  // git makes the folders above the clone.
  const args = [
    '-c',
    'core.hooksPath=/dev/null',
    'clone',
    '-q',
    '--no-recurse-submodules',
    ...(ref ? ['--branch', ref] : []),
  ];
  try {
    await run('git', [...args, '--', url, root], {
      env: { ...process.env, GIT_ALLOW_PROTOCOL: PROTOCOLS, GIT_TERMINAL_PROMPT: '0', GIT_TEMPLATE_DIR: '' },
      ...(signal && { signal }),
    });
  } catch (error) {
    throw notCloned(url, `${(error as { stderr?: string }).stderr ?? error}`.trim().split('\n'));
  }
}

function notCloned(url: string, details: readonly string[]): RerouteError {
  return new RerouteError({
    code: 'FLEET_CLONE',
    message: `${url} could not be cloned.`,
    details,
    next: 'Clone it by hand and name the folder in the fleet file, or correct the address.',
  });
}
