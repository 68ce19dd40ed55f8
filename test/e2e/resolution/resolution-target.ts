import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { MigrationInput } from '../../../src/manifest/define-migration.ts';
import type { RunRecord } from '../../../src/run/run-record.ts';
import { type Files, PhaseTarget } from '../../run/phases/phase-target.ts';

const TSC = path.resolve(import.meta.dirname, '../../../node_modules/typescript/bin/tsc');

/** A whole small target, what the migration of it is, and what it is afterwards. */
export interface Resolution {
  readonly files: Files;
  readonly canonical: MigrationInput['canonical'];
  /** The files that change and their text afterwards; all others stay as they are. */
  readonly expected: Readonly<Record<string, string>>;
  /**
   * What `tsc` is called with before and after; `false`: it cannot check this target, because it refuses an option, or
   * needs what a fresh checkout does not have.
   */
  readonly tsc?: readonly string[] | false;
}

/**
 * Migrates a target and checks what holds wherever specifiers are resolved: the files are as expected and no others are
 * touched, `tsc` finds no error, also when the deprecated modules are gone (so that every specifier leads to the
 * canonical ones), and a second run edits nothing. The record of the run.
 */
export async function migrates({ files, canonical, expected, tsc = ['-p', '.'] }: Resolution): Promise<RunRecord> {
  const target = new PhaseTarget(
    files,
    { name: 'resolution', canonical, phases: [{ name: 'all', steps: ['imports', 'members'] }], gates: ['types'] },
    { runtime: false },
  );
  if (tsc) expect(compile(target, tsc), 'tsc before').toBe('');
  const record = await target.phase('all');
  const changed = Object.fromEntries(record.changes.map(({ file }) => [file, target.read(file)]));
  const rest = record.outcomes.filter(({ result }) => result !== 'edited');
  const reasons = rest.map(({ usage, reason }) => `${usage.id} '${usage.text}' ${reason?.text}`);
  expect(changed, `not edited: ${reasons.join('; ')}`).toEqual(expected);
  const { found, edited, review, left } = record.account;
  expect(edited + review + left).toBe(found);

  const before = target.tree({ ledger: false });
  const again = await target.phase('all');
  expect(again.changes, 'a second run').toEqual([]);
  expect(target.tree({ ledger: false })).toEqual(before);

  if (tsc) {
    for (const file of deprecatedFiles(canonical)) rmSync(path.join(target.root, file));
    expect(compile(target, tsc), 'tsc without the deprecated modules').toBe('');
  }
  return record;
}

/** `tsc` builds what is referenced and leaves no output that a run could see. */
function compile(target: PhaseTarget, options: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [TSC, ...options, '--pretty', 'false'], {
    cwd: target.root,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

function deprecatedFiles(canonical: MigrationInput['canonical']): readonly string[] {
  const moves = Object.values(canonical).flatMap((module) =>
    Object.values(module).flatMap((move: { readonly replaces?: readonly (string | { export: string })[] }) => [
      ...(move.replaces ?? []),
    ]),
  );
  const modules = moves.map((one) => (typeof one === 'string' ? one : one.export).replace(/#[^#/]*$/, ''));
  return [...new Set(modules)].filter((module) => /\.[cm]?[jt]sx?$/.test(module));
}
