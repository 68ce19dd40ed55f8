import { expect, test } from 'vitest';
import { changed, MIGRATION, PhaseTarget, ROUTERS, told } from './phase-target.ts';

test('a', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const t = Date.now();
  const dry = await target.run('all', { dryRun: true });
  console.log(Date.now() - t);
  for (const r of dry.records) console.log(r.phase, r.status, changed(r), told(r), r.account, r.gates);
  const { records } = await target.run('all');
  for (const r of records) console.log(r.phase, r.status, changed(r), told(r), r.account, r.gates);
  for (const f of ['src/old_router.ts', 'src/app.ts', 'test/app.test.ts']) console.log(target.read(f));
});
