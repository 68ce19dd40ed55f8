import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { ts } from '../../../src/compiler/ts-morph.ts';
import type { MigrationInput } from '../../../src/manifest/define-migration.ts';
import type { RunRecord } from '../../../src/run/run-record.ts';
import { type Files, PhaseTarget } from '../../run/phases/phase-target.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const TSC = path.resolve(import.meta.dirname, '../../../node_modules/typescript/bin/tsc');

/** A whole small target, what the migration of it is, and what it is afterwards. */
export interface Resolution {
  readonly files: Files;
  readonly canonical: MigrationInput['canonical'];
  /** The rest of the manifest: `dependencies`, for example. */
  readonly manifest?: Partial<MigrationInput>;
  /** Links in the target, as a package manager makes them: where they stand, and the folder that they lead to. */
  readonly links?: Readonly<Record<string, string>>;
  /** The files that change and their text afterwards; all others stay as they are. */
  readonly expected: Readonly<Record<string, string>>;
  /**
   * What `tsc` is called with before and after; `TypeScript 6` still knows options that 7 refuses; `false`: none of them
   * can check this target, because they need what a fresh checkout does not have.
   */
  readonly tsc?: readonly string[] | 'TypeScript 6' | false;
  /** A script that Node runs before, after, and without the deprecated modules; it must print the same each time. */
  readonly node?: string;
}

/**
 * Migrates a target and checks what holds wherever specifiers are resolved: the files are as expected and no others are
 * touched, `tsc` finds no error, also when the deprecated modules are gone (so that every specifier leads to the
 * canonical ones), and a second run edits nothing. The record of the run.
 */
export async function migrates(resolution: Resolution): Promise<RunRecord> {
  const { files, canonical, manifest, links = {}, expected } = resolution;
  const target = new PhaseTarget(
    files,
    {
      name: 'resolution',
      canonical,
      phases: [{ name: 'all', steps: ['imports', 'members'] }],
      gates: ['types'],
      ...manifest,
    },
    { runtime: false },
  );
  for (const [link, folder] of Object.entries(links)) {
    const file = path.join(target.root, link);
    mkdirSync(path.dirname(file), { recursive: true });
    symlinkSync(path.relative(path.dirname(file), path.join(target.root, folder)), file, 'dir');
  }
  const printed = works(target, resolution, 'before');
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

  expect(works(target, resolution, 'after'), 'what Node prints').toBe(printed);
  for (const file of deprecatedFiles(canonical)) rmSync(path.join(target.root, file));
  expect(works(target, resolution, 'without the deprecated modules'), 'what Node prints').toBe(printed);
  return record;
}

/** What `tsc` and Node say of the target, asked in a copy of it: what they write must not be there for a run to see. */
function works({ root }: PhaseTarget, { tsc = ['-p', '.'], node }: Resolution, when: string): string {
  if (!tsc && node === undefined) return '';
  const cwd = temporaryFolder({});
  cpSync(root, cwd, { recursive: true, verbatimSymlinks: true });
  if (tsc === 'TypeScript 6') expect(errorsOfSix(cwd), `TypeScript 6 ${when}`).toEqual([]);
  else if (tsc) {
    const { stdout, stderr } = spawnSync(process.execPath, [TSC, ...tsc, '--pretty', 'false'], {
      cwd,
      encoding: 'utf8',
    });
    expect(stdout + stderr, `tsc ${when}`).toBe('');
  }
  if (node === undefined) return '';
  const { status, stdout, stderr } = spawnSync(process.execPath, [node], { cwd, encoding: 'utf8' });
  expect(status, `Node ${when}: ${stderr}`).toBe(0);
  return stdout;
}

/** The errors of TypeScript 6, which ts-morph brings along, by the configuration of a folder. */
function errorsOfSix(folder: string): readonly string[] {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic() {} };
  // Its libraries are not on disk, and a specifier leads where it leads without them.
  const overrides = { ignoreDeprecations: '6.0', noEmit: true, noLib: true };
  const parsed = ts.getParsedCommandLineOfConfigFile(path.join(folder, 'tsconfig.json'), overrides, host)!;
  const program = ts.createProgram({ rootNames: parsed.fileNames, options: parsed.options });
  const found = [...parsed.errors, ...program.getOptionsDiagnostics(), ...program.getSemanticDiagnostics()];
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
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
