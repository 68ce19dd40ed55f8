import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseFile } from '../../codemods/lib/parse.ts';
import { runHosted } from './hosted-run.ts';
import { migration } from './migration.ts';

const HERE = import.meta.dirname;
const CODEMODS = {
  'rewrite-imports': { imports: true, members: false },
  'rewrite-members': { imports: false, members: true },
  together: { imports: true, members: true },
} as const;

describe.each(Object.entries(CODEMODS))('%s', (name, codemods) => {
  const folder = path.join(HERE, name);
  // Those with a migration of their own are whole targets: targets.test.ts.
  const cases = readdirSync(folder).filter((caseName) => !existsSync(path.join(folder, caseName, 'migration.json')));
  describe.each(cases)('%s', (caseName) => {
    const room = path.join(folder, caseName);
    const settings = path.join(room, 'case.json');
    const { review = [] } = existsSync(settings)
      ? (JSON.parse(readFileSync(settings, 'utf8')) as { review?: string[] })
      : {};
    const files = readdirSync(path.join(room, 'input'), { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    const [file] = files.map((each) => path.relative(path.join(room, 'input'), path.join(each.parentPath, each.name)));
    const read = (side: 'input' | 'expected') => readFileSync(path.join(room, side, file!), 'utf8');
    const run = (text: string) => runHosted(file!, text, migration, codemods);

    test('gives what is expected', () => {
      const result = run(read('input'));
      expect(result.after).toBe(read('expected'));
      expect(result.review).toEqual(review);
    });

    test('answers every usage once', () => {
      const { usages, edits, carried, reasons } = run(read('input'));
      const answered = [...edits.flatMap((edit) => edit.usages), ...carried];
      expect(answered.length + reasons.length).toBe(usages.length);
      expect(new Set(answered).size).toBe(answered.length);
    });

    test('the result parses and a second run changes nothing', () => {
      expect(() => parseFile(file!, read('expected'))).not.toThrow();
      expect(run(read('expected')).edits).toEqual([]);
    });
  });
});
