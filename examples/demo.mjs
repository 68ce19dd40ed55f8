// `npm start`: takes a fresh copy of the example from three routers to one, phase by phase, and shows each command.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
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

const reports = path.join(target, '.reroute/reports');
const [report] = readdirSync(reports).filter((name) => name.endsWith('-all.html'));
process.stdout.write(
  `\nTo undo it all, from here: node dist/src/cli/main.js rollback --all ${target} --config reroute.config.ts\n`,
);
process.stdout.write(`Every edit with its proof: ${path.join(reports, report)}\n`);
