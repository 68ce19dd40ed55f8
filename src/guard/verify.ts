import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  BASELINE_FILE,
  type BaselineDifference,
  compareBaseline,
  fileOfSite,
  formatBaseline,
  positionOfSite,
  readBaseline,
} from '../base/baseline.ts';
import { RerouteError } from '../base/errors.ts';
import { SEEN_FOLDER, type SeenUse } from '../base/seen-use.ts';
import { runCommandGate } from '../run/gates/command.ts';
import type { GateResult } from '../run/run-record.ts';

export interface VerifyOptions {
  /** The target's absolute root, where the command runs and the baseline lies. */
  readonly root: string;
  /** Words, as they are passed on without a shell. */
  readonly command: readonly [string, ...string[]];
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** What the tests of a target say of its ratchet. */
export interface Verified {
  readonly command: GateResult;
  /** Absolute. */
  readonly baseline: string;
  /** Uses that the baseline does not have, each with the places that were seen. */
  readonly fresh: readonly FreshUse[];
  /** Uses of the baseline that nobody made any more. Only known when the command succeeded: else it may not have come to them. */
  readonly vanished: BaselineDifference['vanished'];
  /** What the baseline would be with what was seen. */
  readonly text: string;
}

export interface FreshUse {
  readonly id: string;
  readonly file: string;
  readonly replacement: string;
  /** `12:3`, in that file. */
  readonly positions: readonly string[];
}

/** A suite may take long; somebody who waits can stop it. */
const TIME_LIMIT_MS = 24 * 60 * 60 * 1000;

/**
 * Runs the tests of a target and compares what their processes used of deprecated things with the baseline. Writes nothing
 * to the target. Throws `BASELINE_INVALID`, and `VERIFY_NOTHING_TOLD` when no process looked: then nothing is known, and
 * all that was accepted would seem to have vanished.
 */
export async function verify({ root, command, env, signal }: VerifyOptions): Promise<Verified> {
  const baseline = path.join(root, BASELINE_FILE);
  const accepted = readBaseline(baseline);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'reroute-verify-'));
  try {
    const result = await runCommandGate({
      command,
      cwd: root,
      env: { ...env, [SEEN_FOLDER]: folder },
      timeoutMs: TIME_LIMIT_MS,
      ...(signal && { signal }),
    });
    const seen = seenUses(folder);
    if (seen === undefined && result.passed) throw nothingTold(command);
    const placed = (seen ?? []).map((use) => ({ ...use, file: fileOfSite(use.site, root) }));
    const { fresh, vanished } = compareBaseline(accepted, placed);
    return {
      command: result,
      baseline,
      fresh: fresh.map(({ id, file }) => {
        const own = placed.filter((use) => use.id === id && use.file === file);
        const positions = [...new Set(own.map(({ site }) => positionOfSite(site)).filter(Boolean))];
        return { id, file, replacement: own[0]!.replacement, positions };
      }),
      vanished: result.passed ? vanished : [],
      text: formatBaseline(placed),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `undefined` when no process wrote anything. */
function seenUses(folder: string): readonly SeenUse[] | undefined {
  const files = readdirSync(folder);
  if (files.length === 0) return undefined;
  const lines = files.flatMap((file) => readFileSync(path.join(folder, file), 'utf8').split('\n'));
  return lines.flatMap((line): readonly SeenUse[] => {
    try {
      return line === '' ? [] : [JSON.parse(line)];
    } catch {
      // The end of a process that was ended while it wrote: its command has failed.
      return [];
    }
  });
}

function nothingTold(command: readonly string[]): RerouteError {
  return new RerouteError({
    code: 'VERIFY_NOTHING_TOLD',
    message: `None of the processes of "${command.join(' ')}" told what it used of deprecated things.`,
    details: [
      "vitest: add 'reroute/deprecation/vitest' to test.setupFiles",
      'node:test: node --import reroute/deprecation/node-test --test',
    ],
    next: 'Load the setup file in the tests, then run the same command again.',
  });
}
