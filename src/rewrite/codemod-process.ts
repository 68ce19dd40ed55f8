import { Worker } from 'node:worker_threads';
import { RerouteError } from '../base/errors.ts';
import type { FromCodemod, ToCodemod } from './codemod-runner.ts';
import { failureIn } from './failure-in.ts';
import { type ForeignCodemod, loadCodemod } from './foreign-codemod.ts';

// The process that a foreign codemod runs in: one file after another, until it is ended.
process.on('SIGINT', () => {});
// A transform that never returns would not hear of it; a thread sees that the process above is gone.
const watch = `const { ppid } = process;
setInterval(() => { if (process.ppid !== ppid) process.kill(process.pid, 'SIGKILL'); }, 500);`;
new Worker(watch, { eval: true }).unref();

const tell = (message: FromCodemod): void => void process.send?.(message, undefined, undefined, () => {});
let codemod: ForeignCodemod | undefined;

process.on('message', async (message: ToCodemod) => {
  if ('load' in message) {
    try {
      codemod = await loadCodemod(message.load, message.root, message.options);
      tell({ ready: true });
    } catch (error) {
      if (!(error instanceof RerouteError)) throw error;
      const { code, message: text, where, details, next } = error;
      tell({ problem: { code, message: text, details, ...(where && { where }), ...(next !== undefined && { next }) } });
    }
    return;
  }
  const { file, text } = message;
  try {
    tell({ answer: await codemod!.apply(file, text) });
  } catch (error) {
    tell({ answer: { failure: failureIn(file, error) } });
  }
});
