/** For vitest's `setupFiles`: a test file with a use of something deprecated that the baseline does not have fails. */
import { afterAll } from 'vitest';
import { Recorder } from './recorder.ts';
import { settle } from './settle.ts';

const recorder = Recorder.ofProcess();

afterAll(() => {
  const failure = settle(recorder.take(), 'npx vitest run');
  if (failure === undefined) return;
  const error = new Error(failure);
  error.name = 'DeprecationRatchet';
  // Where this file stands is no news.
  error.stack = `${error.name}: ${failure}`;
  throw error;
});
