import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Migration } from '../../src/manifest/migration.ts';
import type { FileChange } from '../../src/plan/file-change.ts';
import { applyChanges, type RunHeading } from '../../src/run/apply.ts';
import { type Disk, nodeDisk } from '../../src/run/disk.ts';
import { finishRun } from '../../src/run/finish.ts';
import { ignoreLedger, Ledger, makeLedgerFolder } from '../../src/run/ledger.ts';
import type { RunRecord } from '../../src/run/run-record.ts';

export const NOW = new Date('2026-11-21T03:45:12.000Z');

/** Writes files below a folder; a value is its text, or its text and mode. */
export function writeFiles(root: string, files: Record<string, string | { text: string; mode: number }>): void {
  for (const [file, content] of Object.entries(files)) {
    const { text, mode } = typeof content === 'string' ? { text: content, mode: 0o644 } : content;
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
    fs.chmodSync(path.join(root, file), mode);
  }
}

/** All that stands in a target but its ledger: path → kind, mode and content. Two equal snapshots: the same target. */
export function snapshot(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (folder: string) => {
    for (const name of fs.readdirSync(folder).sort()) {
      const file = path.join(folder, name);
      const relative = path.relative(root, file);
      if (relative === '.reroute') continue;
      const facts = fs.lstatSync(file);
      const mode = (facts.mode & 0o7777).toString(8);
      if (facts.isSymbolicLink()) found[relative] = `link to ${fs.readlinkSync(file)}`;
      else if (facts.isDirectory()) {
        found[relative] = `folder ${mode}`;
        walk(file);
      } else found[relative] = `file ${mode} ${createHash('sha256').update(fs.readFileSync(file)).digest('hex')}`;
    }
  };
  walk(root);
  return found;
}

/**
 * A target and a phase of 30 files for it: 22 changed (with CRLF, a BOM, no final line end, several modes, texts beyond
 * ASCII), 5 made (3 of them in folders that have to be made), 3 removed (one of them the last file of its folder).
 */
export function samplePhase(root: string): readonly FileChange[] {
  const changes: FileChange[] = [];
  const add = (change: Omit<FileChange, 'bom' | 'edits' | 'step'> & { bom?: boolean }) =>
    changes.push({ bom: false, edits: [], step: 'imports', ...change });
  for (let n = 0; n < 22; n++) {
    const eol = n % 3 === 0 ? '\r\n' : '\n';
    const bom = n % 5 === 0;
    const before =
      [`import { Router } from '../old';`, `// Zürich — 東京 ${n} 🚂`, `route(${n});`].join(eol) + (n % 4 ? eol : '');
    const after = before.replace("'../old'", "'../../router/message-router'").replace('Router', 'MessageRouter');
    const file = `src/area ${n % 4}/module-${n}.ts`;
    const mode = [0o644, 0o755, 0o600, 0o444][n % 4]!;
    writeFiles(root, { [file]: { text: (bom ? '\uFEFF' : '') + before, mode } });
    add({ file, kind: 'modify', before, after, bom });
  }
  for (const file of ['router/message-router.ts', 'router/deep/er/x.ts', 'router/deep/y.ts', 'src/new.ts', 'a.ts']) {
    add({ file, kind: 'create', before: undefined, after: `export const made = '${file}';\r\n` });
  }
  for (const [file, mode] of [
    ['src/gone.ts', 0o640],
    ['legacy/only.ts', 0o600],
    ['gone.js', 0o755],
  ] as const) {
    writeFiles(root, { [file]: { text: `// ${file}`, mode } });
    add({ file, kind: 'delete', before: `// ${file}`, after: undefined });
  }
  writeFiles(root, { 'README.md': 'not touched\n', 'src/area 0/data.bin': '\0\xff\0' });
  return changes;
}

export const HEADING: RunHeading = {
  run: '20261121T034512Z-production',
  phase: 'production',
  migration: 'message-router',
  hash: '0123456789ab',
  at: NOW.toISOString(),
};

/** A new ledger in a target. */
export function newLedger(root: string, disk: Disk = nodeDisk): Ledger {
  makeLedgerFolder(disk, root);
  ignoreLedger(disk, root);
  return new Ledger(disk, root);
}

/** Applies and finishes a phase, as a run does. */
export function runPhase(
  ledger: Ledger,
  phase: string,
  changes: readonly FileChange[],
  { disk = nodeDisk, at = NOW, hash = HEADING.hash }: { disk?: Disk; at?: Date; hash?: string } = {},
): string {
  const run = ledger.newRunId(phase, at);
  const heading = { ...HEADING, run, phase, hash, at: at.toISOString() };
  if (changes.length > 0) applyChanges({ disk, ledger, heading, changes });
  finishRun(disk, ledger, recordOf(heading, ledger.root, changes));
  return run;
}

export function recordOf(heading: RunHeading, target: string, changes: readonly FileChange[]): RunRecord {
  return {
    id: heading.run,
    migration: { name: heading.migration, hash: heading.hash },
    target,
    phase: heading.phase,
    startedAt: heading.at,
    finishedAt: heading.at,
    dryRun: false,
    status: changes.length > 0 ? 'done' : 'nochange',
    changes,
    outcomes: [],
    skipped: [],
    gates: [],
    account: { found: 0, edited: 0, review: 0, left: 0 },
  };
}

export function change(
  file: string,
  before: string | undefined,
  after: string | undefined,
  step = 'imports',
): FileChange {
  const kind = before === undefined ? 'create' : after === undefined ? 'delete' : 'modify';
  return { file, kind, before, after, bom: false, edits: [], step };
}

export function migrationOf(...phases: string[]): Migration {
  return {
    name: HEADING.migration,
    file: '/manifest/reroute.config.ts',
    hash: HEADING.hash,
    moves: [],
    review: [],
    phases: phases.map((name) => ({ name, files: [], steps: [], gates: [] })),
    gates: [],
  };
}
