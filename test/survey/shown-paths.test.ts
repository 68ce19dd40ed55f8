import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ShownPaths } from '../../src/survey/shown-paths.ts';
import { TargetView } from '../../src/survey/target-view.ts';
import { PhaseTarget } from '../run/phases/phase-target.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('a path is told from the target, from its package, or from the compiler, never from the machine', () => {
  const folder = temporaryFolder({
    'target/src/a.ts': '',
    'linked/package.json': '{ "name": "@acme/linked" }',
    'linked/src/deep/b.ts': '',
    'loose/c.ts': '',
  });
  const shown = new ShownPaths(new TargetView(path.join(folder, 'target')));
  const of = (file: string) => shown.of(path.join(folder, file));
  expect(of('target/src/a.ts')).toBe('src/a.ts');
  expect(of('linked/src/deep/b.ts')).toBe('@acme/linked/src/deep/b.ts');
  expect(of('loose/c.ts')).toBe('../loose/c.ts');
  expect(of('node_modules/@acme/up/index.d.ts')).toBe('@acme/up/index.d.ts');
  expect(of('target/node_modules/typescript/lib/lib.es5.d.ts')).toBe('typescript/lib/lib.es5.d.ts');
});

test('the reason of a place that belongs to a linked package names the package', async () => {
  const target = new PhaseTarget(
    {
      'tsconfig.json': '{ "compilerOptions": { "module": "esnext", "types": [] }, "include": ["src"] }',
      'src/router.ts': 'export class Router { old_add(): void {} }\n',
      'src/a.ts': "import { Queue } from '@acme/queue';\nnew Queue().old_add();\n",
    },
    {
      name: 'm',
      canonical: { 'src/router.ts': { Router: { members: { old_add: 'add' } } } },
      phases: [{ name: 'all', steps: ['members'] }],
    },
    { runtime: false },
  );
  const linked = temporaryFolder({
    'package.json': '{ "name": "@acme/queue", "types": "index.d.ts" }',
    'index.d.ts': 'export declare class Queue { old_add(): void }\n',
  });
  mkdirSync(path.join(target.root, 'node_modules/@acme'), { recursive: true });
  symlinkSync(linked, path.join(target.root, 'node_modules/@acme/queue'), 'dir');
  const { outcomes } = await target.phase('all');
  const reason = outcomes.find(({ usage }) => usage.place.file === 'src/a.ts')?.reason;
  expect(reason?.text).toContain('Queue.old_add (@acme/queue/index.d.ts:1:30)');
});
