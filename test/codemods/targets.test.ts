import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MigrationInput } from '../../src/manifest/define-migration.ts';
import { PhaseTarget } from '../run/phases/phase-target.ts';

/**
 * Cases that need a compiler: `input` is a whole small target, `migration.json` what its manifest says, `expected` the
 * files that are changed, `case.json` the places that are not edited, and other gates than `types`.
 */
const ROOMS = ['rewrite-members'].map((name) => path.join(import.meta.dirname, name));

describe.each(ROOMS)('%s', (room) => {
  const cases = readdirSync(room).filter((name) => existsSync(path.join(room, name, 'migration.json')));
  test.each(cases)('%s', { timeout: 60_000 }, async (name) => {
    const folder = path.join(room, name);
    const input = textsIn(path.join(folder, 'input'));
    const canonical = readJson(path.join(folder, 'migration.json')) as MigrationInput['canonical'];
    const settings = (readJson(path.join(folder, 'case.json')) ?? {}) as {
      review?: string[];
      left?: string[];
      gates?: string[];
    };
    const { review = [], left = [], gates = ['types'] } = settings;
    const phases = [{ name: 'all', steps: ['imports', 'members'] as ('imports' | 'members')[] }];
    const manifest = { name: 'case', canonical, phases, gates };
    const target = new PhaseTarget(input, manifest, { runtime: false });

    const { outcomes } = await target.phase('all');
    const told = outcomes.map(({ usage: { place, text }, result, reason }) => ({
      result,
      line: `${place.file}:${place.line}:${place.column} ${text} ${reason?.code}: ${reason?.text}`,
    }));
    const lines = (wanted: string) => told.filter(({ result }) => result === wanted).map(({ line }) => line);
    const after = Object.fromEntries(Object.keys(input).map((file) => [file, target.read(file)]));
    expect(after).toEqual({ ...input, ...textsIn(path.join(folder, 'expected')) });
    expect(lines('review')).toEqual(review.map((line) => expect.stringContaining(line)));
    expect(lines('left')).toEqual(left.map((line) => expect.stringContaining(line)));

    const again = await new PhaseTarget(after, manifest, { runtime: false }).phase('all', { dryRun: true });
    expect(again.changes).toEqual([]);
  });
});

function textsIn(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return Object.fromEntries(
    files.map((each) => {
      const file = path.join(each.parentPath, each.name);
      return [path.relative(folder, file).split(path.sep).join('/'), readFileSync(file, 'utf8')];
    }),
  );
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
