import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PHASES, type PhaseName, playStory, type Seen, type Story } from './example-story.ts';
import { stageExample } from './staged-example.ts';
import { changedPaths, treeOf } from './tree.ts';

const PROXIES = [
  'src/core/message_router.ts',
  'src/services/message_router.ts',
  'src/services/websocket/message_router.ts',
  'src/services/websocket/quality_message_router.ts',
];

/** Classes with a `register_handler` (or another deprecated name) of their own, who calls only them, and their tests. */
const DECOYS = [
  'src/agents/agent_runner.ts',
  'src/agents/compensation_engine.ts',
  'src/agents/rollback_manager.ts',
  'src/events/event_bus.ts',
  'src/http/http_router.ts',
  'src/jobs/digest_job.ts',
  'src/jobs/job_worker.ts',
  'src/plugins/plugin_host.ts',
  'src/queue/message_queue.ts',
  'src/rate_limit/rate_limiter.ts',
  'src/webhooks/webhook_dispatcher.ts',
  'test/support/recording_registry.ts',
  'test/unit/agents/agent_runner.test.ts',
  'test/unit/events/event_bus.test.ts',
  'test/unit/jobs/job_worker.test.ts',
  'test/unit/plugins/plugin_loader.test.ts',
  'test/unit/queue/message_queue.test.ts',
  'test/unit/webhooks/webhook_dispatcher.test.ts',
];

/** What a person has to look at in the end: thirteen places of which the tool is not certain, and those of the `review` rule. */
const REVIEW = [
  'any src/admin/admin_console.ts:6 get_handler_order',
  'any src/plugins/plugin_loader.ts:10 register_handler',
  'mock-factory test/integration/control_channel.test.ts:8 @/core/message_router',
  'mocked test/unit/http/http_api.test.ts:6 ../../../src/services/websocket/quality_message_router',
  'mocked test/unit/http/http_api.test.ts:6 QualityMessageRouter',
  'mocked test/unit/services/router_factory.test.ts:10 @/services/websocket/message_router',
  'mocked test/unit/services/router_factory.test.ts:13 register_handler',
  'mocked test/unit/services/router_factory.test.ts:14 insert_handler',
  'mocked test/unit/services/socket_session.test.ts:7 @/services/websocket/message_router',
  'mocked test/unit/services/socket_session.test.ts:8 @/services/websocket/message_router',
  'mocked test/unit/services/socket_session.test.ts:9 create_error_message',
  'review-rule src/app.ts:21 websocket_event_router',
  'review-rule src/app.ts:84 websocket_event_router',
  'review-rule src/http/http_api.ts:1 websocket_event_router',
  'review-rule src/http/http_api.ts:25 websocket_event_router',
  'review-rule src/notifications/notifier.ts:2 websocket_event_router',
  'review-rule src/notifications/notifier.ts:24 websocket_event_router',
  'review-rule src/services/index.ts:3 websocket_event_router',
  'review-rule src/services/websocket/event_router.ts:23 websocket_event_router',
  'review-rule test/unit/notifications/notifier.test.ts:14 websocket_event_router',
  'review-rule test/unit/notifications/notifier.test.ts:4 websocket_event_router',
  'review-rule test/unit/notifications/notifier.test.ts:9 websocket_event_router',
  'used-as-value src/services/index.ts:5 ./websocket/quality_message_router',
  'used-as-value src/services/index.ts:5 QualityMessageRouter',
];

interface Account {
  readonly found: number;
  readonly edited: number;
  readonly review: number;
  readonly left: number;
}

interface ReviewGroup {
  readonly code: string;
  readonly items: readonly { readonly now: { readonly file: string; readonly line: number }; readonly text: string }[];
}

function states(...each: readonly string[]): Readonly<Record<PhaseName, string>> {
  return Object.fromEntries(PHASES.map((phase, i) => [phase, each[i]!])) as Record<PhaseName, string>;
}

function gitApply(folder: string, patch: string) {
  // A repository somewhere above must not matter.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(folder) };
  return spawnSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: patch, encoding: 'utf8', env });
}

let story: Story;
beforeAll(async () => {
  story = await playStory();
}, 600_000);
afterAll(() => story?.example.remove());

const result = (stdout: string) => JSON.parse(stdout).targets[0];
const reviewList = (groups: readonly ReviewGroup[]) =>
  groups.flatMap(({ code, items }) => items.map(({ now, text }) => `${code} ${now.file}:${now.line} ${text}`)).sort();

describe('phase by phase', () => {
  test.each(PHASES)('%s is done, and the compiler has nothing against what it left', (phase) => {
    const { ended, types } = story.runs[phase];
    expect(ended).toMatchObject({ exit: 0, stderr: '' });
    expect(result(ended.stdout)).toMatchObject({ status: 'done', skipped: [] });
    expect(types).toEqual({ exit: 0, stdout: '', stderr: '' });
  });

  test.each(['before', 'consolidated', 'migrated'] as const)('the example’s own tests pass: %s', (when) => {
    const { exit, stdout } = story.tests[when];
    expect(exit, stdout).toBe(0);
    expect(stdout).toMatch(/Test Files {2}27 passed \(27\)/);
  });

  test('consolidate changes the deprecated modules and nothing else', () => {
    expect(changedPaths(story.before.tree, story.runs.consolidate.seen.tree)).toEqual(PROXIES);
  });

  test('a phase before its turn is refused, with the command that comes first; nothing is written', () => {
    const { exit, stdout, stderr, tree } = story.outOfOrder;
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain('PHASE_ORDER');
    expect(stderr).toContain('next reroute run consolidate');
    expect(tree).toEqual(story.before.tree);
  });
});

describe('what is told', () => {
  test.each(PHASES)('%s: found = edited + review + left, and each of them is in the record', (phase) => {
    const { account, phases, review, mentions, left } = result(story.runs[phase].ended.stdout);
    expect(account.found).toBe(account.edited + account.review + account.left);
    expect(phases[0].account).toEqual(account);
    const listed = (groups: readonly { items: readonly unknown[] }[]) =>
      groups.reduce((sum, { items }) => sum + items.length, 0);
    expect(listed(review) + mentions.length).toBe(account.review);
    expect(left.reduce((sum: number, group: { places: number }) => sum + group.places, 0)).toBe(account.left);
    expect(account.edited > 0).toBe(phase !== 'consolidate');
  });

  test('each edited place of every phase stands in the report with its proof', () => {
    const { phases } = JSON.parse(story.report.stdout);
    type ReportedFile = { edits: readonly { proven: readonly Proven[] }[]; carried: readonly Proven[] };
    type Proven = { proof: { how: string; declaration: { file: string } } };
    for (const { account, files } of phases as readonly { account: Account; files: readonly ReportedFile[] }[]) {
      const proven = files.flatMap(({ edits, carried }) => [...edits.flatMap((edit) => edit.proven), ...carried]);
      expect(proven).toHaveLength(account.edited);
      // An override is declared in its subclass, and a type that a proxy only hands on where it is handed on from.
      const isOld = ({ proof }: Proven) => proof.how === 'override' || PROXIES.includes(proof.declaration.file);
      const isCanonical = ({ proof }: Proven) => /\/src\/router\/[\w-]+\.d\.ts$/.test(proof.declaration.file);
      expect(proven.filter((one) => !isOld(one) && !isCanonical(one))).toEqual([]);
      expect(proven.filter(isOld).length).toBeGreaterThanOrEqual(account.edited / 2);
    }
  });

  test('what is left for review is exactly what no tool can know', () => {
    expect(reviewList(JSON.parse(story.report.stdout).review)).toEqual(REVIEW);
  });

  test('classes that only have a member of the same name keep every byte, and so do their callers', () => {
    const changed = changedPaths(story.before.tree, story.runs['unit-tests'].seen.tree);
    expect(changed.length).toBeGreaterThan(40);
    for (const file of DECOYS) {
      expect(story.before.tree[file], file).toBeDefined();
      expect(changed).not.toContain(file);
    }
  });
});

describe('status and plan', () => {
  const moments: readonly (readonly [string, (told: Story) => Seen, Readonly<Record<PhaseName, string>>])[] = [
    ['before', (told) => told.before, states('pending', 'pending', 'pending', 'pending')],
    ['after consolidate', (told) => told.runs.consolidate.seen, states('done', 'pending', 'pending', 'pending')],
    ['after production', (told) => told.runs.production.seen, states('done', 'done', 'pending', 'pending')],
    [
      'after the integration tests',
      (told) => told.runs['integration-tests'].seen,
      states('done', 'done', 'done', 'pending'),
    ],
    ['after all', (told) => told.runs['unit-tests'].seen, states('done', 'done', 'done', 'done')],
    ['rolled back once', (told) => told.undone.one, states('done', 'done', 'done', 'rolled-back')],
    ['rolled back', (told) => told.undone.all, states('rolled-back', 'rolled-back', 'rolled-back', 'rolled-back')],
  ];

  test.each(moments)('say what the ledger says: %s', (_, moment, expected) => {
    const { status, statusExit, plan } = moment(story);
    expect(status).toEqual(expected);
    expect(statusExit).toBe(Object.values(expected).every((state) => state === 'done') ? 0 : 1);
    const boxes = [...plan.matchAll(/^### \d+\. (\S+)\n\n- \[(.)\] .*?(\(rolled back\))?$/gm)];
    const told = boxes.map(([, phase, box, undone]) => [
      phase,
      box === 'x' ? 'done' : undone ? 'rolled-back' : 'pending',
    ]);
    expect(Object.fromEntries(told)).toEqual(expected);
  });

  test('before a phase its files have no tick; after all, only what is for review is without one', () => {
    expect(story.before.plan).not.toContain('[x]');
    const open = [...story.runs['unit-tests'].seen.plan.matchAll(/^- \[ \] `([^`:]+)`: (.*)$/gm)];
    const reviewed = new Set(REVIEW.map((line) => /^\S+ (\S+):\d+ /.exec(line)![1]!));
    expect(open.filter(([, file]) => !reviewed.has(file!)).map(([line]) => line)).toEqual([]);
  });
});

test('a second run of all phases edits nothing and says so', () => {
  const { exit, stdout, stderr, tree } = story.again;
  expect({ exit, stderr }, stdout).toEqual({ exit: 0, stderr: '' });
  expect(tree).toEqual(story.runs['unit-tests'].seen.tree);
  const { status, changed, account, phases, review } = result(stdout);
  expect({ status, files: changed.files, edited: account.edited }).toEqual({ status: 'nochange', files: 0, edited: 0 });
  expect(phases.map((phase: { name: string; status: string }) => [phase.name, phase.status])).toEqual(
    PHASES.map((phase) => [phase, 'nochange']),
  );
  expect(reviewList(review)).toEqual(REVIEW);
});

test('git makes the migrated target of a pristine copy and the patch', async () => {
  const pristine = await stageExample();
  try {
    const tree = () => treeOf(pristine.root, { without: ['node_modules'] });
    expect(tree()).toEqual(story.before.tree);
    const { status, stderr } = gitApply(pristine.root, story.patch.stdout);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(tree()).toEqual(story.runs['unit-tests'].seen.tree);
  } finally {
    pristine.remove();
  }
});

describe('rollback', () => {
  test('refuses a phase that others stand on, and says which to undo first', () => {
    const { exit, stderr, tree } = story.rollbackOutOfOrder;
    expect(exit).toBe(2);
    expect(stderr).toContain('ROLLBACK_ORDER');
    expect(stderr).toContain('reroute rollback unit-tests');
    expect(tree).toEqual(story.runs['unit-tests'].seen.tree);
  });

  test.each(PHASES)('of %s gives back every byte and permission of the moment before it', (phase) => {
    const { ended, tree } = story.rollbacks[phase];
    expect(ended).toMatchObject({ exit: 0, stderr: '' });
    const earlier = PHASES[PHASES.indexOf(phase) - 1];
    expect(tree).toEqual(earlier ? story.runs[earlier].seen.tree : story.before.tree);
  });
});
