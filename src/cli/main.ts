#!/usr/bin/env node
import { runCli } from './cli.ts';

const stop = new AbortController();
let signalled: NodeJS.Signals | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // Once: a second Ctrl-C ends the process at once, and the next command puts right what it left.
  process.once(signal, () => {
    signalled ??= signal;
    stop.abort();
  });
}
// A reader that has seen enough (`reroute report | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
  now: () => new Date(),
});

if (signalled) {
  // So that the shell sees that it was stopped, and does not go on with its script.
  process.removeAllListeners(signalled);
  process.kill(process.pid, signalled);
}
