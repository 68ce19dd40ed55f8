import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ExportMove } from '../../src/manifest/migration.ts';
import type { Outcome } from '../../src/plan/file-change.ts';
import { applyChanges } from '../../src/run/apply.ts';
import { nodeDisk } from '../../src/run/disk.ts';
import { finishRun } from '../../src/run/finish.ts';
import { originalOf, phaseStates, runRecords } from '../../src/run/history.ts';
import { Ledger } from '../../src/run/ledger.ts';
import { rollback } from '../../src/run/rollback.ts';
import type { RunRecord } from '../../src/run/run-record.ts';
import { undoRun } from '../../src/run/undo.ts';
import {
  change,
  HEADING,
  migrationOf,
  NOW,
  newLedger,
  recordOf,
  runPhase,
  samplePhase,
  writeFiles,
} from './sample-target.ts';
import { emptyFolder } from './temporary-folders.ts';

let root: string;
let ledger: Ledger;
beforeEach(() => {
  root = emptyFolder();
  ledger = newLedger(root);
});

const reread = () => new Ledger(nodeDisk, root);
const roll = (what?: { phase: string } | 'all') =>
  rollback({ disk: nodeDisk, ledger, what, migration: HEADING.migration, now: NOW });

describe('the state of phases', () => {
  const migration = migrationOf('one', 'two', 'three');
  const states = () => phaseStates(reread(), migration).map(({ state }) => state);

  test('pending, done and rolled back, in the manifest’s order', () => {
    writeFiles(root, { 'a.ts': '0', 'b.ts': '0' });
    expect(states()).toEqual(['pending', 'pending', 'pending']);
    runPhase(ledger, 'two', [change('b.ts', '0', '1')]);
    const later = new Date('2026-11-22T00:00:00.000Z');
    const run = runPhase(ledger, 'one', [change('a.ts', '0', '1')], { at: later });
    expect(states()).toEqual(['done', 'done', 'pending']);
    roll();
    expect(states()).toEqual(['rolled-back', 'done', 'pending']);
    expect(phaseStates(reread(), migration)[0]).toMatchObject({ run, at: later.toISOString(), files: 0 });
  });

  test('a phase that had nothing to change is done', () => {
    runPhase(ledger, 'one', []);
    expect(states()).toEqual(['done', 'pending', 'pending']);
  });

  test('a second run that finds nothing, or fails, leaves the first one standing for the phase', () => {
    writeFiles(root, { 'a.ts': '0' });
    const first = runPhase(ledger, 'one', [change('a.ts', '0', '1')]);
    runPhase(ledger, 'one', []);
    const heading = { ...HEADING, phase: 'one', run: ledger.newRunId('one', NOW) };
    finishRun(nodeDisk, ledger, { ...recordOf(heading, root, []), status: 'failed' });
    expect(phaseStates(reread(), migration)[0]).toMatchObject({ state: 'done', run: first, files: 1 });
    roll({ phase: 'one' });
    expect(states()).toEqual(['rolled-back', 'pending', 'pending']);
  });

  test('a phase that failed is pending', () => {
    writeFiles(root, { 'a.ts': '0' });
    const changes = [change('a.ts', '0', '1')];
    const heading = { ...HEADING, phase: 'one' };
    applyChanges({ disk: nodeDisk, ledger, heading, changes });
    const failed: RunRecord = { ...recordOf(heading, root, changes), status: 'failed' };
    expect(() => finishRun(nodeDisk, ledger, failed)).toThrow('was not undone');
    undoRun({ disk: nodeDisk, root, objects: ledger.objects }, ledger, ledger.run(HEADING.run)!, NOW);
    finishRun(nodeDisk, ledger, failed);
    expect(states()).toEqual(['pending', 'pending', 'pending']);
    expect(runRecords(nodeDisk, reread())).toEqual([failed]);
  });

  test('a phase that was done with another manifest is done and not current', () => {
    runPhase(ledger, 'one', [], { hash: 'ffffffffffff' });
    expect(phaseStates(reread(), migration)[0]).toMatchObject({ state: 'done', isCurrent: false });
    runPhase(ledger, 'one', []);
    expect(phaseStates(reread(), migration)[0]).toMatchObject({ state: 'done', isCurrent: true });
  });

  test('runs of a migration of another name do not count', () => {
    runPhase(ledger, 'one', []);
    expect(phaseStates(reread(), { ...migration, name: 'other' })[0]!.state).toBe('pending');
  });
});

describe('the original at a path', () => {
  const migration = migrationOf('consolidate', 'production');

  test('is what stood there before the first proxy, with its byte order mark', () => {
    writeFiles(root, { 'old.ts': '\uFEFFclass Router {}\r\n', 'use.ts': 'use' });
    const proxy = { ...change('old.ts', 'class Router {}\r\n', 'proxy 1', 'proxies'), bom: true };
    runPhase(ledger, 'consolidate', [
      proxy,
      change('use.ts', 'use', 'used'),
      change('made.ts', undefined, 'x', 'proxies'),
    ]);
    runPhase(ledger, 'consolidate', [{ ...change('old.ts', 'proxy 1', 'proxy 2', 'proxies'), bom: true }]);
    expect(originalOf(reread(), migration, 'old.ts')).toEqual({ text: 'class Router {}\r\n', bom: true });
    expect(originalOf(reread(), migration, 'use.ts')).toBeUndefined();
    expect(originalOf(reread(), migration, 'made.ts')).toBeUndefined();
    expect(originalOf(reread(), migration, 'nowhere.ts')).toBeUndefined();
    roll('all');
    expect(originalOf(reread(), migration, 'old.ts')).toBeUndefined();
  });
});

describe('records of runs', () => {
  test('come back as they were stored, with all texts, and say when they were rolled back', () => {
    const changes = samplePhase(root);
    const run = runPhase(ledger, 'production', changes);
    const expected = recordOf({ ...HEADING, run }, root, changes);
    expect(runRecords(nodeDisk, reread())).toEqual([expected]);
    runPhase(ledger, 'unit-tests', []);
    expect(runRecords(nodeDisk, reread()).map(({ phase }) => phase)).toEqual(['production', 'unit-tests']);
    expect(runRecords(nodeDisk, reread(), run)).toEqual([expected]);
    roll();
    expect(runRecords(nodeDisk, reread())[0]!.status).toBe('rolled-back');
  });

  test('hold texts as objects, and what usages share once', () => {
    const { record, move } = recordWithUsages(200);
    writeFiles(root, { 'src/use.ts': 'unique text before' });
    applyChanges({ disk: nodeDisk, ledger, heading: HEADING, changes: record.changes });
    finishRun(nodeDisk, ledger, record);
    const json = fs.readFileSync(path.join(root, `.reroute/runs/${record.id}.json`), 'utf8');
    expect(json).not.toContain('unique text before');
    expect(json.split('src/core/message_router.ts').length - 1).toBe(1);
    const [read] = runRecords(nodeDisk, reread());
    expect(read).toEqual(record);
    const moves = read!.outcomes.map(
      ({ usage }) => usage.subject.kind === 'member' && usage.subject.candidates[0]!.move,
    );
    expect(new Set(moves).size).toBe(1);
    expect((moves[0] as ExportMove).imports).toEqual(move.imports);
  });

  test.each<[string, (json: string) => string]>([
    ['no JSON', (json) => json.slice(0, -20)],
    ['a path that leaves the target', (json) => json.replaceAll('"file":"src/use.ts"', '"file":"../use.ts"')],
    ['another run’s id', (json) => json.replace(HEADING.run, '20200101T000000Z-x')],
    ['a usage without its place', (json) => json.replace('"place"', '"plaice"')],
    ['a mapping without its template', (json) => json.replace('"holes"', '"wholes"')],
    ['a shared object that is not there', (json) => json.replace('"$ref":0', '"$ref":99')],
    ['a circle of shared objects', (json) => json.replace('"shared":[', '"shared":[{"a":{"$ref":0}},')],
  ])('a damaged record is told by name: %s', (_, damage) => {
    const { record } = recordWithUsages(3);
    writeFiles(root, { 'src/use.ts': 'unique text before' });
    applyChanges({ disk: nodeDisk, ledger, heading: HEADING, changes: record.changes });
    finishRun(nodeDisk, ledger, record);
    const file = path.join(root, `.reroute/runs/${record.id}.json`);
    const whole = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, damage(whole));
    expect(fs.readFileSync(file, 'utf8')).not.toBe(whole);
    const damaged = expect.objectContaining({ code: 'RECORD_DAMAGED', where: { file } });
    expect(() => runRecords(nodeDisk, reread())).toThrow(damaged);
  });

  test('a dry run has no place in the ledger', () => {
    expect(() => finishRun(nodeDisk, ledger, { ...recordOf(HEADING, root, []), dryRun: true })).toThrow();
    expect(reread().runs()).toEqual([]);
  });
});

/** A record with many usages of one mapping of one move. */
function recordWithUsages(count: number): { record: RunRecord; move: ExportMove } {
  const module = { kind: 'path', path: 'src/router/message-router.ts' } as const;
  const mapping = {
    source: { from: 'register_handler(type, handler)', to: 'addHandler(handlerFor(type, handler))' },
    of: 'member',
    name: 'register_handler',
    parameters: [{ name: 'type', optional: false, rest: false }],
    to: { text: 'addHandler(handlerFor(type, handler))', member: 'addHandler', holes: [], freeNames: ['handlerFor'] },
  } as const;
  const old = { module: { kind: 'path', path: 'src/core/message_router.ts' }, name: 'MessageRouter' } as const;
  const deprecated = { export: old, mappings: [mapping] };
  const move: ExportMove = {
    kind: 'export',
    canonical: { module, name: 'MessageRouter' },
    replaces: [deprecated],
    inPlace: [],
    imports: new Map([['handlerFor', { module, name: 'handlerFor' }]]),
  };
  const place = { file: 'src/use.ts', range: { start: 0, end: 3 }, line: 1, column: 1 };
  const outcomes = Array.from({ length: count }, (_, n): Outcome => {
    const candidates = [{ move, deprecated, mappings: deprecated.mappings }];
    const verdict = {
      kind: 'proven',
      proof: { how: 'symbol', declaration: place, name: 'x.y' },
      candidate: 0,
    } as const;
    const subject = { kind: 'member', name: 'register_handler', candidates } as const;
    return { usage: { id: `src/use.ts:${n}`, place, text: 'register_handler', subject, verdict }, result: 'edited' };
  });
  const changes = [change('src/use.ts', 'unique text before', 'after', 'members')];
  return { record: { ...recordOf(HEADING, root, changes), outcomes }, move };
}
