// Runs one command and tells how long it took and how much memory its whole process tree held at most.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Wall time in seconds, peak of the summed proportional set sizes in MB (sampled every 40 ms; Linux only, else
 * `undefined`; only with `memory`, because looking slows down what is looked at), the exit code and what was printed.
 */
export function measure(command, args, { memory = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let peak = 0;
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const sample = memory ? setInterval(() => (peak = Math.max(peak, treeMemory(child.pid))), 40) : undefined;
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(sample);
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      resolve({ seconds, megabytes: peak > 0 ? peak / 1024 : undefined, code, output });
    });
  });
}

/** The summed PSS of a process and all its descendants in KiB: shared pages count once. Source: proc(5), smaps_rollup. */
function treeMemory(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended while we looked.
    }
  }
  const inTree = (at) => at === pid || (parents.has(at) && parents.get(at) > 1 && inTree(parents.get(at)));
  let total = 0;
  for (const at of parents.keys()) {
    if (!inTree(at)) continue;
    try {
      total += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${at}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It ended while we looked.
    }
  }
  return total;
}
