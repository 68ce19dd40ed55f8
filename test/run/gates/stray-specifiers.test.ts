import { expect, test } from 'vitest';
import { openCompiler } from '../../../src/compiler/open.ts';
import type { FileChange, Outcome } from '../../../src/plan/file-change.ts';
import { strayedSpecifiers } from '../../../src/run/gates/landing.ts';
import { checkTypes } from '../../../src/run/gates/types.ts';
import { ImportGraph } from '../../../src/survey/import-graph.ts';
import { TargetView } from '../../../src/survey/target-view.ts';
import { type Files, PhaseTarget, told } from '../phases/phase-target.ts';

const ROUTER = 'export class Router {}\n';
const tsconfig = (options: object) =>
  JSON.stringify({
    compilerOptions: {
      allowJs: true,
      noEmit: true,
      module: 'esnext',
      moduleResolution: 'bundler',
      types: [],
      ...options,
    },
  });

function target(files: Files, canonical: string, gates: readonly string[]): PhaseTarget {
  const move = { name: 'move', canonical: { [canonical]: { Router: { replaces: ['src/old.ts#Router'] } } } };
  const phases = [{ name: 'all', steps: ['imports' as const] }];
  return new PhaseTarget(
    { 'src/old.ts': ROUTER, ...files },
    { ...move, phases, gates: [...gates] },
    { runtime: false },
  );
}

test.each([[['types']], [[]]])('an alias that leads elsewhere becomes relative, with the gates %j', async (gates) => {
  const files = {
    'tsconfig.json': tsconfig({ paths: { '@/*': ['./src/*'], '@/new': ['./src/other.ts'] } }),
    'src/new.ts': ROUTER,
    'src/other.ts': ROUTER,
    'src/a.ts': "import { Router } from '@/old';\nnew Router();\n",
  };
  const moved = target(files, 'src/new.ts', gates);
  await moved.phase('all');
  expect(moved.read('src/a.ts')).toBe("import { Router } from './new';\nnew Router();\n");
});

test('the index of a folder beside a file of its name is spelled out', async () => {
  const files = {
    'tsconfig.json': tsconfig({}),
    'src/router.ts': 'export const other = 1;\n',
    'src/router/index.ts': ROUTER,
    'src/a.ts': "import { Router } from './old';\nnew Router();\n",
  };
  const moved = target(files, 'src/router/index.ts', []);
  await moved.phase('all');
  expect(moved.read('src/a.ts')).toBe("import { Router } from './router/index';\nnew Router();\n");
});

test('a module that no specifier reaches is for review, with what was tried', async () => {
  const text = "import { Router } from './old';\nnew Router();\n";
  const files = {
    'tsconfig.json': tsconfig({}),
    // To the compiler a script is the output of the source beside it.
    'src/new.js': ROUTER,
    'src/new.ts': ROUTER,
    'src/a.ts': text,
  };
  const moved = target(files, 'src/new.js', []);
  const record = await moved.phase('all');
  expect(moved.read('src/a.ts')).toBe(text);
  expect(told(record)).toEqual(['src/a.ts:1 ./old review no-specifier']);
  expect(record.outcomes[0]!.reason!.text).toBe(
    "no specifier leads from this file to src/new.js; tried: './new', './new.js'",
  );
});

test('a file that writes a specifier again which leads elsewhere is held back whole', async () => {
  const files = {
    'tsconfig.json': tsconfig({}),
    'src/new.ts': ROUTER,
    'src/other.ts': ROUTER,
    'src/a.ts': "import { Router } from './old';\nnew Router();\n",
  };
  const stray = target(files, 'src/new.ts', []);
  const view = new TargetView(stray.root);
  const migration = await stray.migration();
  const before = stray.read('src/a.ts');
  const start = before.indexOf('./old');
  const range = { start, end: start + './old'.length };
  const id = `src/a.ts:${start}`;
  const after = before.replace('./old', './other');
  const edits = [{ range, text: './other', usages: [id], group: 'module' }];
  const change: FileChange = { file: 'src/a.ts', kind: 'modify', before, after, bom: false, edits, step: 'imports' };
  const [move] = migration.moves;
  const module = { kind: 'path', path: 'src/old.ts' } as const;
  const place = { file: 'src/a.ts', range, line: 1, column: start + 1 };
  const proof = { how: 'module', declaration: place, name: 'src/old.ts' } as const;
  const subject = { kind: 'specifier', module, moves: [move!] } as const;
  const usage = { id, place, text: './old', subject, verdict: { kind: 'proven', candidate: 0, proof } } as const;
  const outcomes: readonly Outcome[] = [{ usage, result: 'edited' }];
  const session = openCompiler({ root: stray.root, files: [view.absolute('src/a.ts')] });
  try {
    const gate = checkTypes({
      session,
      view,
      graph: () => ImportGraph.read(view),
      changes: [change],
      outcomes,
      affected: () => [],
      again: () => ({ change, outcomes }),
      laterPhase: () => undefined,
      movedFrom: () => undefined,
      ignored: () => false,
      strayed: (changes) => strayedSpecifiers(session, view, migration, changes, { outcomes, reaches: () => false }),
    });
    expect(gate.changes).toEqual([]);
    expect(gate.outcomes.map(({ result, reason }) => [result, reason])).toEqual([
      [
        'review',
        {
          code: 'strayed-specifier',
          text: "held back, because the new specifier './other' does not lead to the canonical module",
        },
      ],
    ]);
  } finally {
    session.close();
  }
});
