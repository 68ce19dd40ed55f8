import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** This repository's root. */
export const REPO = fileURLToPath(new URL('../../', import.meta.url));
const MAIN = path.join(REPO, 'dist/src/cli/main.js');

export interface Ended {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What the built command line prints and exits with, as a process of its own without a terminal. */
export function reroute(around: Surroundings, ...args: readonly string[]): Promise<Ended> {
  return node(around, MAIN, ...args);
}

/** The same for any program that Node runs. */
export function node(around: Surroundings, ...args: readonly string[]): Promise<Ended> {
  return command(around, process.execPath, ...args);
}

/** What a command prints and exits with; one that a signal ended has the exit code -1. */
export function command({ cwd, env }: Surroundings, program: string, ...args: readonly string[]): Promise<Ended> {
  const child = spawn(program, args, { cwd, env: { ...ownEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ exit: code ?? -1, ...printed }));
  });
}

/** Without what the test runner tells its workers: a target's own test runner must not believe that it is one. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|TEST$|NODE_ENV$|NODE_OPTIONS$|DEV$|PROD$|MODE$|SSR$|BASE_URL$)/.test(name),
  );
  return { ...Object.fromEntries(entries), NO_COLOR: '1' };
}
