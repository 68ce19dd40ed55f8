import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from './batch.ts';
import { program, textOf } from './program.ts';
import { ProgramTarget } from './program-target.ts';

// `REROUTE_CASES=100000 npx vitest run test/e2e/random-programs` for long; the seed is then another each time, and told.
const CASES = Number(process.env.REROUTE_CASES ?? 300);
const SEED = Number(process.env.REROUTE_SEED ?? (process.env.REROUTE_CASES ? Date.now() % 2 ** 31 : 20261121));
const A_BATCH = 500;

let target: ProgramTarget;
beforeAll(() => {
  target = new ProgramTarget();
});
afterAll(() => target.remove());

test(`${CASES} random programs do the same through the proxies and after their migration (seed ${SEED})`, {
  timeout: 24 * 60 * 60 * 1000,
}, async () => {
  let [done, edited, review] = [0, 0, 0];
  const codes = new Map<string, number>();
  while (done < CASES) {
    const seed = SEED + done;
    const programs = fc.sample(program, { seed, numRuns: Math.min(A_BATCH, CASES - done) });
    const batch = await migrate(target, programs);
    expect(batch.wrong, `seed ${seed}`).toEqual([]);
    const failed = batch.programs.filter(({ wrong }) => wrong.length > 0);
    if (failed.length > 0) await shrink(seed, batch.programs.indexOf(failed[0]!), failed.length);
    for (const one of batch.programs) {
      edited += one.edited;
      review += one.review.length;
      for (const code of one.review) codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    done += programs.length;
    console.info(
      `${done} of ${CASES} programs, ${edited} places edited, ${review} for review:`,
      Object.fromEntries(codes),
    );
  }
  // Programs that nothing is done to would prove nothing.
  expect(edited / CASES).toBeGreaterThan(5);
  expect(edited).toBeGreaterThan(review);
});

/** Fails with the smallest program that fails like the `index`-th of a seed's sample. */
async function shrink(seed: number, index: number, failed: number): Promise<void> {
  const holds = fc.asyncProperty(program, async (one) => {
    const { programs, wrong } = await migrate(target, [one]);
    const all = [...wrong, ...programs.flatMap((judged) => judged.wrong)];
    if (all.length > 0) throw new Error(`${all.join('\n')}\n--- the program\n${textOf(one)}`);
  });
  console.info(`${failed} programs of seed ${seed} fail; shrinking the one at ${index}`);
  await fc.assert(holds, { seed, path: String(index), numRuns: index + 1, interruptAfterTimeLimit: 120_000 });
  throw new Error(`the program at ${index} of seed ${seed} fails among others, and not alone`);
}
