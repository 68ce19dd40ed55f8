import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ModuleMove } from './module-move.ts';
import type { PackageTarget } from './package-target.ts';

const OLD = 'src/internal/Subject.ts';
/** In another folder, so that the module's own specifiers change too. */
const NEW = 'src/internal/subjects/subject.ts';

describe('moving internal/Subject.ts of rxjs', { timeout: 240_000 }, () => {
  let move: ModuleMove;
  let target: PackageTarget;
  let before: ReturnType<PackageTarget['compile']>;

  beforeAll(async () => {
    move = new ModuleMove({
      name: 'rxjs',
      beside: ['package.json', 'tsconfig.json'],
      old: OLD,
      new: NEW,
      options: { strict: true },
    });
    target = move.target;
    before = target.compile('before');
    await move.run();
  }, 240_000);
  afterAll(() => target.remove());

  test('edits the specifiers that the language service would, and no others', () => {
    const { unexpected, missed, edited } = move.compared();
    expect(unexpected).toEqual([]);
    expect(missed).toEqual([]);
    expect(edited).toBeGreaterThanOrEqual(20);
  });

  test('writes what the language service would write, byte for byte, without an extension as before', () => {
    for (const [file] of move.importers()) expect(target.read(file), file).toBe(move.expectedText(file));
    expect(target.read('src/index.ts')).toContain("from './internal/subjects/subject';");
  });

  test('moves the module’s text as it is, but for the specifiers that lead elsewhere from there', () => {
    expect(move.expected.get(OLD)?.length).toBe(8);
    expect(target.read(NEW)).toBe(move.expectedText(OLD));
  });

  test('changes no other file', () => {
    const expected = [...move.importers().map(([file]) => file), OLD, 'src/internal/subjects', NEW];
    expect(move.changed()).toEqual(expected.sort());
  });

  test('accounts for every place; what is left names no module', () => {
    expect(move.phases()).toEqual([
      'consolidate done',
      'production done',
      'integration-tests nochange',
      'unit-tests nochange',
    ]);
    for (const { account } of move.records) expect(account.edited + account.review + account.left).toBe(account.found);
    const rest = move.notEdited().map((told) => told.replace(/^\S+ /, ''));
    expect(new Set(rest)).toEqual(new Set(['left in a comment or a string that names no module']));
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
    expect(target.tree()).toEqual(move.published);
  });
});
