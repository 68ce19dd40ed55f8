import { describe, expect, test } from 'vitest';
import { parseFile } from '../../codemods/lib/parse.ts';
import { CODEMODS, fixtureCases } from './fixture-cases.ts';
import { runHosted } from './hosted-run.ts';
import { migration } from './migration.ts';

const CASES = (Object.keys(CODEMODS) as (keyof typeof CODEMODS)[]).flatMap(fixtureCases);

describe.each(CASES)('$name', ({ codemods, stem, extension, input, expected, review }) => {
  const file = stem + extension;
  const run = (text: string) => runHosted(file, text, migration, codemods);

  test('gives what is expected', () => {
    const result = run(input);
    expect(result.after).toBe(expected);
    expect(result.review).toEqual(review);
  });

  test('answers every usage once', () => {
    const { usages, edits, carried, reasons } = run(input);
    const answered = [...edits.flatMap((edit) => edit.usages), ...carried];
    expect(answered.length + reasons.length).toBe(usages.length);
    expect(new Set(answered).size).toBe(answered.length);
  });

  test('the result parses and a second run changes nothing', () => {
    expect(() => parseFile(file, expected)).not.toThrow();
    expect(run(expected).edits).toEqual([]);
  });
});
