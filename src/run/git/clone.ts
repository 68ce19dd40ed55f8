import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { processIsGone } from '../lock-holder.ts';

const run = promisify(execFile);

/** Addresses that name a program to run (`ext::`) or hide options are none that a list of targets should bring along. */
const PROTOCOLS = 'https:http:ssh:git:file';

export interface CloneSource {
  readonly url: string;
  readonly ref: string | undefined;
}

/**
 * Clones a repository to a folder that is not there yet. The folder appears whole or not at all, whenever this process
 * ends, and nothing that the repository brings along is run. Throws an error with git's words.
 */
export async function cloneRepository({ url, ref }: CloneSource, root: string, signal?: AbortSignal): Promise<void> {
  for (const text of [url, ref]) if (text?.startsWith('-')) throw new Error('it begins with a dash');
  clearAway(root);
  const unfinished = `${root}${MARK}${os.hostname()}-${process.pid}-${randomUUID()}`;
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
    await run('git', [...args, '--', url, unfinished], {
      env: { ...process.env, GIT_ALLOW_PROTOCOL: PROTOCOLS, GIT_TERMINAL_PROMPT: '0', GIT_TEMPLATE_DIR: '' },
      ...(signal && { signal }),
    });
    renameSync(unfinished, root);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another process was sooner.
    if (existsSync(root)) return;
    throw new Error(`${(error as { stderr?: string }).stderr || error}`.trim(), { cause: error });
  }
}

/** The address that a clone came from; `undefined` when the folder is no repository or has none. */
export async function originOf(root: string): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', ['config', '--file', path.join(root, '.git/config'), 'remote.origin.url']);
    return stdout.trimEnd();
  } catch {
    return undefined;
  }
}

const MARK = '.cloning-';

/** Removes what processes of this machine left that were ended while they cloned. */
function clearAway(root: string): void {
  const folder = path.dirname(root);
  const own = `${path.basename(root)}${MARK}${os.hostname()}-`;
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (!name.startsWith(own)) continue;
    const pid = Number.parseInt(name.slice(own.length), 10);
    if (!(pid > 0) || !processIsGone(pid)) continue;
    try {
      rmSync(path.join(folder, name), { recursive: true, force: true });
    } catch {
      // Its git may still be writing; the next clone clears it away.
    }
  }
}
