import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadManifest } from '../../src/manifest/load.ts';
import { phaseAssigner } from '../../src/plan/assign-phases.ts';
import { buildPlan, type Plan } from '../../src/plan/plan.ts';
import { run } from '../../src/run/run.ts';
import type { RunRecord } from '../../src/run/run-record.ts';
import { type StagedExample, stageExample } from '../e2e/staged-example.ts';

let example: StagedExample;
let plan: Plan;
let records: readonly RunRecord[];
let phaseOf: (file: string) => string | undefined;

beforeAll(async () => {
  example = await stageExample();
  const migration = await loadManifest(example.manifest);
  phaseOf = phaseAssigner(migration);
  plan = await buildPlan({ migration, target: example.root, states: new Map() });
  const options = { migration, target: example.root, phases: 'all', dryRun: true } as const;
  ({ records } = await run({ ...options, anyway: false, ignoreBadTsconfig: false, now: () => new Date(0) }));
});
afterAll(() => example.remove());

/** Whether a place is for review by what the compiler says of it, and not by what a codemod or a gate made of it. */
const isForReview = ({ usage, result, reason }: RunRecord['outcomes'][number]) =>
  result === 'review' && (usage.verdict.kind !== 'proven' || reason?.code === 'through-barrel');

test('the plan of the example counts as its runs do, phase by phase, mentions too', () => {
  const ran = records.map(({ phase, outcomes }) => {
    // A phase also makes the edits for which the files of earlier ones had to wait.
    const own = outcomes.filter(({ usage }) => phaseOf(usage.place.file) === phase);
    const review = own.filter(isForReview).length;
    const left = own.filter(({ result }) => result === 'left').length;
    return { phase, found: own.length, proven: own.length - left - review, review, left };
  });
  expect(plan.phases.map(({ phase, counts }) => ({ phase: phase.name, ...counts }))).toEqual(ran);
  const sum = (key: 'found' | 'proven' | 'review' | 'left') => ran.reduce((total, each) => total + each[key], 0);
  expect(plan.counts).toEqual({
    found: sum('found'),
    proven: sum('proven'),
    review: sum('review'),
    left: sum('left'),
  });
});

test('the plan lists the same places for review, and the same mentions', () => {
  const told = records.flatMap(({ outcomes }) => outcomes.filter(isForReview));
  const ids = (kind: 'mention' | 'code') =>
    told.flatMap(({ usage: { id, subject } }) => ((subject.kind === 'mention') === (kind === 'mention') ? [id] : []));
  expect(ids('mention').length).toBeGreaterThan(0);
  expect(plan.mentions.map(({ id }) => id).sort()).toEqual(ids('mention').sort());
  expect(plan.review.map(({ id }) => id).sort()).toEqual(ids('code').sort());
});
