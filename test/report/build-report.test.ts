import { describe, expect, test } from 'vitest';
import { buildReport } from '../../src/report/build-report.ts';
import type { ReportFile } from '../../src/report/model.ts';
import type { RunRecord } from '../../src/run/run-record.ts';
import { ANY, chatBackend, MEMBER, MODULE, QUEUE } from './chat-backend.ts';
import { makeRecord } from './make-record.ts';

const build = (...records: RunRecord[]) => buildReport(records, { version: '0.1.0' });

describe('the account', () => {
  test('is the sum of what the sections list', () => {
    const { account, review, left, phases } = build(...chatBackend());
    const proven = phases
      .flatMap((phase) => phase.files)
      .flatMap((file) => [...file.edits.flatMap((edit) => edit.proven), ...file.carried]);
    expect(proven).toHaveLength(account.edited);
    expect(review.flatMap((group) => group.items)).toHaveLength(account.review);
    expect(left.flatMap((group) => group.places)).toHaveLength(account.left);
    expect(account).toEqual({ found: 48, edited: 31, review: 4, left: 13 });
  });

  test('that does not come out is a fault, not a report', () => {
    const record = makeRecord({
      files: [{ file: 'a.ts', before: 'x y\n', places: [{ find: 'x', to: 'z', proof: MEMBER }] }],
    });
    expect(() => build({ ...record, account: { ...record.account, found: 2 } })).toThrow(/found 2 places/);
    expect(() => build({ ...record, account: { found: 1, edited: 0, review: 1, left: 0 } })).toThrow(
      /says 0 edited, but 1/,
    );
    expect(() =>
      build({
        ...record,
        outcomes: [...record.outcomes, ...record.outcomes],
        account: { ...record.account, found: 2, edited: 2 },
      }),
    ).toThrow(/1 distinct/);
  });

  test('counts a place once that a later phase read again', () => {
    const first = makeRecord({
      phase: 'one',
      files: [
        {
          file: 'a.ts',
          before: 'q\nx\ny\n',
          places: [
            { find: 'q', to: 'longer\nq', proof: MEMBER },
            { find: 'x', left: QUEUE },
            { find: 'y', review: ANY },
          ],
        },
      ],
    });
    const second = makeRecord({
      phase: 'two',
      files: [
        {
          file: 'a.ts',
          before: first.changes[0]!.after,
          places: [
            { find: 'x', to: 'X', proof: MEMBER },
            { find: 'y', review: ANY },
          ],
        },
      ],
    });
    expect(build(first, second).account).toEqual({ found: 3, edited: 2, review: 1, left: 0 });
  });

  test('of a dry run counts a place once though nothing moved on disk', () => {
    const before = 'q\ny\n';
    const first = makeRecord({
      phase: 'one',
      dryRun: true,
      files: [
        {
          file: 'a.ts',
          before,
          places: [
            { find: 'q', to: 'longer', proof: MEMBER },
            { find: 'y', review: ANY },
          ],
        },
      ],
    });
    const second = makeRecord({
      phase: 'two',
      dryRun: true,
      files: [{ file: 'a.ts', before, places: [{ find: 'y', review: ANY }] }],
    });
    expect(build(first, second).account).toEqual({ found: 2, edited: 1, review: 1, left: 0 });
  });
});

describe('a changed file', () => {
  const file = (records = chatBackend()): readonly ReportFile[] =>
    build(...records).phases.flatMap((phase) => phase.files);

  test('has hunks that turn the text before into the text after', () => {
    for (const { before, after, hunks } of file()) {
      const lines = (before ?? '').split('\n');
      for (const hunk of [...hunks].reverse()) {
        const kept = hunk.rows.filter((row) => row.kind !== 'removed').map((row) => row.text);
        const old = hunk.rows.filter((row) => row.kind !== 'added');
        expect(old.map((row) => row.text)).toEqual(
          lines.slice(old[0] ? old[0].old! - 1 : 0, (old[0] ? old[0].old! - 1 : 0) + old.length),
        );
        lines.splice(old[0] ? old[0].old! - 1 : 0, old.length, ...kept);
      }
      expect(lines.join('\n').trimEnd()).toBe((after ?? '').trimEnd());
    }
  });

  test('marks exactly the characters of each edit, on both sides', () => {
    let marked = 0;
    for (const { hunks, edits } of file()) {
      const rows = hunks.flatMap((hunk) => hunk.rows);
      for (const edit of edits) {
        const on = (kind: 'removed' | 'added') =>
          rows
            .filter((row) => row.kind === kind)
            .flatMap((row) =>
              row.marks.filter((mark) => mark.edit === edit.number).map((mark) => row.text.slice(mark.start, mark.end)),
            )
            .join('\n');
        expect(on('removed')).toBe(edit.before.replace(/\n$/, ''));
        expect(on('added')).toBe(edit.after.replace(/\n$/, ''));
        marked++;
      }
    }
    expect(marked).toBe(51);
  });

  test('says of each edit where it was and where it is', () => {
    for (const { before, after, edits } of file()) {
      for (const edit of edits) {
        const tail = (text: string, at: { line: number; column: number }) =>
          text
            .split('\n')
            .slice(at.line - 1)
            .join('\n')
            .slice(at.column - 1);
        expect(tail(before!, edit.at).startsWith(edit.before)).toBe(true);
        expect(tail(after!, edit.now).startsWith(edit.after)).toBe(true);
      }
    }
  });

  test('names for a supporting edit the edits that it belongs to', () => {
    const service = file().find((one) => one.file.endsWith('presence_service.ts'))!;
    const insertion = service.edits.find((edit) => edit.before === '')!;
    expect(insertion.proven).toEqual([]);
    expect(insertion.supports).toEqual(
      service.edits.filter((edit) => edit.proven.length > 0).map((edit) => edit.number),
    );
  });

  test('keeps the proofs of edits that a foreign codemod has written over', () => {
    const record = makeRecord({
      files: [{ file: 'a.ts', before: 'x\n', places: [{ find: 'x', to: 'z', proof: MEMBER }] }],
    });
    const over = { ...record, changes: record.changes.map((change) => ({ ...change, after: 'z;\n' })) };
    const [one] = build(over).phases[0]!.files;
    expect(one!.edits).toEqual([]);
    expect(one!.carried.map((proven) => proven.proof)).toEqual([MEMBER]);
  });
});

describe('places for review', () => {
  const review = (readText?: (file: string) => string | undefined) =>
    buildReport(chatBackend(), { version: '0.1.0', ...(readText && { readText }) }).review;

  test('come by reason, most places first, with their line of code', () => {
    const groups = review();
    expect(groups.map((group) => [group.code, group.items.length])).toEqual([
      ['any', 2],
      ['shared-interface', 1],
      ['spread', 1],
    ]);
    expect(groups[0]!.items[0]!.line).toBe("plugin.register_handler('audit', audit);");
    expect(groups[1]!.items[0]!.declarations.map((place) => place.file)).toEqual([
      'src/types/routable.ts',
      'src/jobs/job_queue.ts',
    ]);
  });

  test('show a line of an unchanged file only when the place is still there', () => {
    const loader = (text: string) =>
      review((file) => (file === 'src/plugins/loader.js' ? text : undefined))[0]!.items[1]!;
    expect(
      loader("module.exports = (host) => {\n  host.register_handler('x', () => {}); // see register_handler\n};\n")
        .line,
    ).toBe("host.register_handler('x', () => {}); // see register_handler");
    expect(loader('// rewritten by somebody since\n').line).toBeUndefined();
  });

  test('tell where they stand after the run, in an edited file and in one that a codemod rewrote', () => {
    const before = 'a\nkeep(x)\nz\n';
    const edited = makeRecord({
      files: [
        {
          file: 'a.ts',
          before,
          places: [
            { find: 'a', to: 'a\nb\nc', proof: MODULE },
            { find: 'x', review: ANY },
          ],
        },
      ],
    });
    expect(build(edited).review[0]!.items[0]!.now).toMatchObject({ line: 4, column: 6 });
    const rewritten = makeRecord({
      files: [{ file: 'a.ts', before, after: 'new\nlines\na\nkeep(x)\n', places: [{ find: 'x', review: ANY }] }],
    });
    expect(build(rewritten).review[0]!.items[0]!.now).toMatchObject({ line: 4, column: 6 });
    expect(build({ ...edited, dryRun: true }).review[0]!.items[0]!.now).toMatchObject({ line: 2, column: 6 });
    expect(build({ ...edited, status: 'failed' }).review[0]!.items[0]!.now).toMatchObject({ line: 2, column: 6 });
  });
});

test('places left alone come by the declaration that they belong to', () => {
  const { left } = build(...chatBackend());
  expect(left.map((group) => [group.declarations[0]?.file, group.places.length])).toEqual([
    ['src/jobs/job_queue.ts', 10],
    ['src/webhooks/webhook_receiver.ts', 2],
    [undefined, 1],
  ]);
});

test('undoing goes backwards over what stands in the target', () => {
  const [consolidate, production] = chatBackend() as [RunRecord, RunRecord];
  expect(build(consolidate, production).undo).toEqual(['reroute rollback production', 'reroute rollback consolidate']);
  expect(build(consolidate, { ...production, status: 'failed' }).undo).toEqual(['reroute rollback consolidate']);
  expect(build({ ...production, dryRun: true }).undo).toEqual([]);
});

test('one failed phase makes the whole report failed', () => {
  const [consolidate, production] = chatBackend() as [RunRecord, RunRecord];
  expect(build(consolidate, production).status).toBe('done');
  expect(build(consolidate, { ...production, status: 'failed' }).status).toBe('failed');
  expect(build({ ...consolidate, status: 'rolled-back' }).status).toBe('rolled-back');
  expect(build({ ...consolidate, status: 'rolled-back' }, { ...production, status: 'nochange' }).status).toBe(
    'nochange',
  );
});

test('the order of records’ files and outcomes does not show', () => {
  const records = chatBackend();
  const shuffled = records.map((record) => ({
    ...record,
    changes: [...record.changes].reverse(),
    outcomes: [...record.outcomes].reverse(),
  }));
  expect(build(...shuffled)).toEqual(build(...records));
});

test('runs of two targets are no report', () => {
  const [record] = chatBackend();
  expect(() => build(record!, { ...record!, target: '/srv/other' })).toThrow(/\/srv\/other/);
  expect(() => build()).toThrow(/at least one run/);
});
