import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/plan/file-change.ts';
import type { RunRecord } from '../../../src/run/run-record.ts';
import { Oracle } from './oracle.ts';
import { PackageTarget } from './package-target.ts';
import { countName, outcomesByPlace, renamedPlaces, score } from './score.ts';

const SUBJECT = 'src/internal/Subject.ts';
/** One that operators call, and one that subclasses override. */
const NAMES = { asObservable: 'asReadonly', _checkFinalizedStatuses: '_endIfFinal' };

/** Uses what rxjs renames inside; what it prints must not depend on `name`. */
const streams = (folder: string, name: string) => `
  import { createRequire } from 'node:module';
  const require = createRequire(import.meta.url);
  const { Subject, BehaviorSubject, ReplaySubject, of, window, windowCount, windowToggle, windowWhen, mergeAll, toArray } =
    require(${JSON.stringify(`${folder}/src/index.js`)});
  const got = [];
  for (const subject of [new Subject(), new BehaviorSubject(0), new ReplaySubject()]) {
    const hidden = subject.${name}();
    hidden.subscribe((value) => got.push(value));
    subject.next(1);
    got.push(hidden instanceof Subject, hidden.source === subject);
  }
  const take = (...operators) => of(1, 2, 3).pipe(...operators, mergeAll(), toArray()).subscribe((all) => got.push(all));
  take(window(of('a')));
  take(windowCount(2));
  take(windowToggle(of('a'), () => of()));
  take(windowWhen(() => new Subject()));
  console.log(JSON.stringify(got));`;

describe('renaming two methods of Subject in the sources of rxjs', { timeout: 240_000 }, () => {
  let target: PackageTarget;
  let expected: ReadonlySet<string>;
  let published: Readonly<Record<string, string>>;
  let before: ReturnType<PackageTarget['compile']>;
  let records: readonly RunRecord[];
  let outcomes: ReadonlyMap<string, Outcome>;

  beforeAll(async () => {
    target = new PackageTarget('rxjs', ['package.json', 'tsconfig.json'], {
      [SUBJECT]: { Subject: { members: NAMES } },
    });
    const oracle = new Oracle(target.root, { strict: true });
    expected = new Set(Object.keys(NAMES).flatMap((name) => [...oracle.references(SUBJECT, 'Subject', name)]));
    published = target.tree();
    before = target.compile('before');
    records = await target.run();
    outcomes = outcomesByPlace(records);
  }, 240_000);
  afterAll(() => target.remove());

  test('edits the places that the language service names, and no others', () => {
    const edited = new Set(
      target.sources().flatMap((file) => {
        const places = renamedPlaces(target.published(file), target.read(file), NAMES);
        return places.map((at) => `${file}:${at}`);
      }),
    );
    const result = score(`rxjs, Subject’s ${Object.keys(NAMES).join(' and ')}`, edited, expected);
    expect(result.unexpected).toEqual([]);
    expect(result.missed).toEqual([]);
    expect(edited.size).toBeGreaterThanOrEqual(11);
  });

  test('accounts for every place where the name is spelled; the rest is in comments', () => {
    const names = Object.keys(NAMES);
    const spelled = target
      .sources()
      .flatMap((file) => names.map((name) => countName(target.published(file), name)))
      .reduce((sum, count) => sum + count, 0);
    expect(records[0]!.account).toEqual({
      found: spelled,
      edited: expected.size,
      review: 0,
      left: spelled - expected.size,
    });
    const rest = [...outcomes.values()].filter(({ result }) => result !== 'edited');
    expect(new Set(rest.map(({ reason }) => reason!.text))).toEqual(new Set(['in a comment or a string']));
  });

  test('changes no file without an expected place', () => {
    const after = target.tree();
    const changed = Object.keys({ ...published, ...after }).filter((file) => after[file] !== published[file]);
    expect(changed).toEqual([...new Set([...expected].map((place) => place.split(':')[0]!))].sort());
  });

  test('brings tsc no new error, and Node runs what it compiles as before', () => {
    const after = target.compile('after');
    expect(after.errors).toEqual(before.errors);
    expect(target.node(streams(after.folder, 'asReadonly'))).toEqual(
      target.node(streams(before.folder, 'asObservable')),
    );
  });

  test('finds nothing to edit in a second run', async () => {
    const tree = target.tree();
    const again = await target.run();
    expect(again.map(({ status }) => status)).toEqual(['nochange', 'nochange', 'nochange']);
    expect(target.tree()).toEqual(tree);
  });

  test('gives back every byte when it is rolled back', async () => {
    await target.rollback();
    expect(target.tree()).toEqual(published);
  });
});

describe.each([
  {
    method: 'Subject.next',
    file: SUBJECT,
    places: 19,
    reason: /Property 'next' is missing in type/,
    what: 'that interfaces ask for without being named',
  },
  {
    method: 'AsyncAction.schedule',
    file: 'src/internal/scheduler/AsyncAction.ts',
    places: 8,
    reason: /stands for Action\.schedule .* which keeps its name|goes through Action\.schedule .* others may implement/,
    what: 'that overrides an inherited one',
  },
])('renaming $method of rxjs, $what', { timeout: 240_000 }, ({ method, file, places, reason }) => {
  let target: PackageTarget;
  let expected: ReadonlySet<string>;
  let published: Readonly<Record<string, string>>;
  let records: readonly RunRecord[];

  beforeAll(async () => {
    const [className, name] = method.split('.') as [string, string];
    target = new PackageTarget('rxjs', ['package.json', 'tsconfig.json'], {
      [file]: { [className]: { members: { [name]: 'renamedOnlyHere' } } },
    });
    expected = new Oracle(target.root, { strict: true }).references(file, className, name);
    published = target.tree();
    records = await target.run();
  }, 240_000);
  afterAll(() => target.remove());

  test('edits nothing rather than half, and each place that the language service names is on the review list', () => {
    const { missed } = score(`rxjs, ${method}, held back as a whole`, new Set(), expected);
    const outcomes = outcomesByPlace(records);
    expect(missed.length).toBeGreaterThanOrEqual(places);
    expect(missed.filter((place) => outcomes.get(place)?.result !== 'review')).toEqual([]);
    expect(target.tree()).toEqual(published);
  });

  test('says what stands in the way', () => {
    const outcomes = outcomesByPlace(records);
    for (const place of expected) expect(outcomes.get(place)!.reason!.text).toMatch(reason);
  });
});
