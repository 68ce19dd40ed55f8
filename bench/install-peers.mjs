import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Installs what Reroute is measured beside, once; it is none of its own dependencies. */
export function installPeers() {
  const folder = path.join(import.meta.dirname, 'peers');
  const { dependencies } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  if (Object.keys(dependencies).every((name) => existsSync(path.join(folder, 'node_modules', name)))) return;
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: folder,
    stdio: 'inherit',
    shell: false,
  });
  if (status !== 0) throw new Error('the peers could not be installed: npm install in bench/peers');
}
