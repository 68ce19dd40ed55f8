import { expect, test } from 'vitest';
import { Stopwatch } from '../../src/base/stopwatch.ts';

function watch() {
  let now = 100;
  const stopwatch = new Stopwatch(() => now);
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { stopwatch, pass };
}

test('each millisecond counts for the innermost stage, or for none', async () => {
  const { stopwatch, pass } = watch();
  pass(1);
  stopwatch.time('outer', () => {
    pass(2);
    stopwatch.time('inner', () => pass(4));
    pass(8);
  });
  await stopwatch.timeAsync('outer', async () => pass(16));
  pass(32);
  expect(stopwatch.timings()).toEqual([
    { stage: 'outer', milliseconds: 26 },
    { stage: 'inner', milliseconds: 4 },
    { stage: 'other', milliseconds: 33 },
  ]);
});

test('a stage that throws ends, and the error goes on', async () => {
  const { stopwatch, pass } = watch();
  const fail = () => {
    pass(1);
    throw new Error('on purpose');
  };
  expect(() => stopwatch.time('stage', fail)).toThrow('on purpose');
  await expect(stopwatch.timeAsync('stage', async () => fail())).rejects.toThrow('on purpose');
  pass(1);
  expect(stopwatch.timings()).toEqual([
    { stage: 'stage', milliseconds: 2 },
    { stage: 'other', milliseconds: 1 },
  ]);
});
