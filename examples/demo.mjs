// `npm start`: takes a fresh copy of the example from three routers to one, phase by phase, and shows each command.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { stageExample } from './stage.mjs';

const repo = path.resolve(import.meta.dirname, '..');
const target = stageExample();
const manifest = path.join(repo, 'reroute.config.ts');

function reroute(...args) {
  process.stdout.write(`\n$ reroute ${args.join(' ')}\n`);
  const command = [path.join(repo, 'dist/src/cli/main.js'), ...args, '--config', manifest];
  const { status } = spawnSync(process.execPath, command, { cwd: target, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 2);
}

process.stdout.write(`A copy of examples/chat-backend: ${target}\n`);
reroute('plan');
reroute('run', '--all');
reroute('status');
reroute('report', '--format', 'html', '--out', 'report.html');
process.stdout.write(`\nEvery edit with its proof: ${path.join(target, 'report.html')}\n`);
