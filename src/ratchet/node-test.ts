/**
 * For `node --import reroute/deprecation/node-test --test`: a test process with a use of something deprecated that the
 * baseline does not have fails when it exits.
 */
import { writeSync } from 'node:fs';
import { Recorder } from './recorder.ts';
import { settle } from './settle.ts';

const recorder = Recorder.ofProcess();

process.on('exit', () => {
  const failure = settle(recorder.take(), 'node --import reroute/deprecation/node-test --test');
  if (failure === undefined) return;
  // Nothing asynchronous comes out any more.
  writeSync(2, `${failure}\n`);
  process.exitCode ||= 1;
});
