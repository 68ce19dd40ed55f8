import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../../../src/run/run-record.ts';
import { applyEdits, Oracle, type OracleEdit } from './oracle.ts';
import { PackageTarget } from './package-target.ts';
import { outcomesByPlace, score } from './score.ts';

const OLD = 'src/internal/Subject.ts';
/** In another folder, so that the module's own specifiers change too. */
const NEW = 'src/internal/subjects/subject.ts';

describe('moving internal/Subject.ts of rxjs', { timeout: 240_000 }, () => {
  let target: PackageTarget;
  let expected: ReadonlyMap<string, readonly OracleEdit[]>;
  let published: Readonly<Record<string, string>>;
  let before: ReturnType<PackageTarget['compile']>;
  let records: readonly RunRecord[];

  beforeAll(async () => {
    target = new PackageTarget('rxjs', ['package.json', 'tsconfig.json'], { [NEW]: { exports: '*', replaces: [OLD] } });
    expected = new Oracle(target.root, { strict: true }).move(OLD, NEW);
    published = target.tree();
    before = target.compile('before');
    records = await target.run();
  }, 240_000);
  afterAll(() => target.remove());

  const importers = () => [...expected].filter(([file]) => file !== OLD);

  test('edits the specifiers that the language service would, and no others', () => {
    const edited = records.flatMap(({ changes }) =>
      changes.flatMap(({ file, edits }) => edits.map(({ range }) => `${file}:${range.start}`)),
    );
    const places = importers().flatMap(([file, edits]) => edits.map(({ start }) => `${file}:${start}`));
    const result = score(`rxjs, ${OLD}`, new Set(edited), new Set(places));
    expect(result.unexpected).toEqual([]);
    expect(result.missed).toEqual([]);
    expect(edited.length).toBeGreaterThanOrEqual(20);
  });

  test('writes what the language service would write, byte for byte, without an extension as before', () => {
    for (const [file, edits] of importers()) {
      expect(target.read(file), file).toBe(applyEdits(target.published(file), edits));
    }
    expect(target.read('src/index.ts')).toContain("from './internal/subjects/subject';");
  });

  test('moves the module’s text as it is, but for the specifiers that lead elsewhere from there', () => {
    expect(expected.get(OLD)?.length).toBe(8);
    expect(target.read(NEW)).toBe(applyEdits(target.published(OLD), expected.get(OLD)!));
  });

  test('changes no other file', () => {
    const after = target.tree();
    const changed = Object.keys({ ...published, ...after }).filter((file) => after[file] !== published[file]);
    expect(changed.sort()).toEqual([...importers().map(([file]) => file), OLD, 'src/internal/subjects', NEW].sort());
  });

  test('accounts for every place; what is left names no module', () => {
    expect(records.map(({ phase, status }) => `${phase} ${status}`)).toEqual([
      'consolidate done',
      'production done',
      'integration-tests nochange',
      'unit-tests nochange',
    ]);
    for (const { account } of records) expect(account.edited + account.review + account.left).toBe(account.found);
    const rest = [...outcomesByPlace(records).values()].filter(({ result }) => result !== 'edited');
    expect(new Set(rest.map(({ result, reason }) => `${result} ${reason!.text}`))).toEqual(
      new Set(['left in a comment or a string that names no module']),
    );
  });

  test('brings tsc no new error, and the old path gives the same classes in Node', () => {
    const after = target.compile('after');
    expect(after.errors).toEqual(before.errors);
    expect(
      target.node(`
        import { createRequire } from 'node:module';
        const require = createRequire(import.meta.url);
        const from = (file) => require(${JSON.stringify(after.folder)} + '/' + file.replace(/ts$/, 'js'));
        const [old, moved, index] = [from('${OLD}'), from('${NEW}'), from('src/index.ts')];
        const got = [];
        const subject = new old.Subject();
        subject.asObservable().subscribe((value) => got.push(value));
        subject.next(1);
        console.log(JSON.stringify({
          names: Object.keys(old).sort(),
          same: Object.keys(moved).every((name) => old[name] === moved[name]) && old.Subject === index.Subject,
          inherits: new index.BehaviorSubject(0) instanceof old.Subject,
          got,
        }));`),
    ).toEqual({ names: ['AnonymousSubject', 'Subject'], same: true, inherits: true, got: [1] });
  });

  test('finds nothing to edit in a second run', async () => {
    const tree = target.tree();
    const again = await target.run();
    expect(again.map(({ status }) => status)).toEqual(['nochange', 'nochange', 'nochange', 'nochange']);
    expect(target.tree()).toEqual(tree);
  });

  test('gives back every byte when it is rolled back', async () => {
    await target.rollback();
    expect(target.tree()).toEqual(published);
  });
});
