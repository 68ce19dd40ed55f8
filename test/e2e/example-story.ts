import { rmSync } from 'node:fs';
import path from 'node:path';
import { command, type Ended, node, REPO, reroute } from './command.ts';
import { type StagedExample, stageExample } from './staged-example.ts';
import { type Tree, treeOf } from './tree.ts';

export const PHASES = ['consolidate', 'production', 'integration-tests', 'unit-tests'] as const;
export type PhaseName = (typeof PHASES)[number];

/** What is seen of the target after a step. */
export interface Seen {
  readonly tree: Tree;
  /** Phase → its state, as `status --json` has it. */
  readonly status: Readonly<Record<string, string>>;
  readonly statusExit: number;
  /** The page of `plan --stdout`. */
  readonly plan: string;
}

/** The whole migration of the example through the command line, with what was seen on the way. */
export interface Story {
  readonly example: StagedExample;
  readonly before: Seen;
  readonly outOfOrder: Ended & { readonly tree: Tree };
  readonly runs: Readonly<Record<PhaseName, { readonly ended: Ended; readonly types: Ended; readonly seen: Seen }>>;
  /** The example's own tests. */
  readonly tests: Readonly<Record<'before' | 'consolidated' | 'migrated', Ended>>;
  readonly again: Ended & { readonly tree: Tree };
  /** `report --all`, when all phases had run. */
  readonly report: Ended;
  readonly patch: Ended;
  readonly rollbackOutOfOrder: Ended & { readonly tree: Tree };
  readonly rollbacks: Readonly<Record<PhaseName, { readonly ended: Ended; readonly tree: Tree }>>;
  /** After the first rollback, and after the last one. */
  readonly undone: Readonly<Record<'one' | 'all', Seen>>;
}

/** Plays the story once; what it says is for tests to judge. */
export async function playStory(): Promise<Story> {
  const example = await stageExample();
  const { root, manifest } = example;
  const run = (...args: string[]) => reroute({ cwd: root }, ...args, '--config', manifest);
  const tree = () => treeOf(root, { without: ['.reroute', 'node_modules'] });
  const seen = async (): Promise<Seen> => {
    const [status, plan] = await Promise.all([run('status', '--json'), run('plan', '--stdout')]);
    const states = JSON.parse(status.stdout).targets[0].phases as readonly { phase: string; state: string }[];
    return {
      tree: tree(),
      status: Object.fromEntries(states.map(({ phase, state }) => [phase, state])),
      statusExit: status.exit,
      plan: plan.stdout,
    };
  };
  const ownTests = async () => {
    const ended = await node({ cwd: root }, path.join(REPO, 'node_modules/vitest/vitest.mjs'), 'run');
    rmSync(path.join(root, 'node_modules/.vite'), { recursive: true, force: true });
    return ended;
  };

  const before = await seen();
  const outOfOrder = { ...(await run('run', 'production')), tree: tree() };
  const tests = { before: await ownTests() } as Record<keyof Story['tests'], Ended>;
  const runs = {} as Record<PhaseName, Story['runs'][PhaseName]>;
  for (const phase of PHASES) {
    const ended = await run('run', phase, '--json');
    const [types, now] = await Promise.all([
      command({ cwd: root }, path.join(REPO, 'node_modules/.bin/tsc'), '--noEmit'),
      seen(),
    ]);
    runs[phase] = { ended, types, seen: now };
    if (phase === 'consolidate') tests.consolidated = await ownTests();
  }
  tests.migrated = await ownTests();
  const [report, patch] = await Promise.all([
    run('report', '--all', '--json'),
    run('report', '--all', '--format', 'patch'),
  ]);
  const again = { ...(await run('run', '--all', '--json')), tree: tree() };
  const rollbackOutOfOrder = { ...(await run('rollback', 'production')), tree: tree() };
  const undone = {} as Record<'one' | 'all', Seen>;
  const rollbacks = {} as Record<PhaseName, Story['rollbacks'][PhaseName]>;
  for (const phase of PHASES.toReversed()) {
    rollbacks[phase] = { ended: await run('rollback', phase, '--json'), tree: tree() };
    if (phase === PHASES.at(-1)) undone.one = await seen();
  }
  undone.all = await seen();
  return { example, before, outOfOrder, runs, tests, again, report, patch, rollbackOutOfOrder, rollbacks, undone };
}
