// `npm run generate`: renders this repository's own migration-plan.md and proxies/ from reroute.config.ts, with a fresh
// copy of the example as the target. `--check` writes nothing and fails when one of them is stale.

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadManifest } from '../dist/src/manifest/load.js';
import { buildPlan } from '../dist/src/plan/plan.js';
import { renderPlan } from '../dist/src/plan/render-plan.js';
import { stageExample } from './stage.mjs';

const repo = path.resolve(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const target = stageExample();
try {
  const manifest = path.join(repo, 'reroute.config.ts');
  const plan = await buildPlan({ migration: await loadManifest(manifest), target, states: new Map() });
  const page = renderPlan(plan, { again: 'npm run generate', manifest: 'reroute.config.ts' });
  const file = path.join(repo, 'migration-plan.md');
  if (!check) writeFileSync(file, page);
  else if (readFileSync(file, 'utf8') !== page) {
    console.error('migration-plan.md is stale: npm run generate');
    process.exitCode = 1;
  }
  const proxies = ['proxies', target, '--config', manifest, '--out', 'proxies', ...(check ? ['--check'] : [])];
  const { status } = spawnSync(process.execPath, ['dist/src/cli/main.js', ...proxies], { cwd: repo, stdio: 'inherit' });
  if (status === 1) console.error('proxies/ are stale: npm run generate');
  if (status !== 0) process.exitCode = status ?? 2;
} finally {
  rmSync(path.dirname(target), { recursive: true, force: true });
}
