import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCli } from '../../src/cli/cli.ts';
import type { ExitCode } from '../../src/cli/session.ts';

/** Two routers, one of them to go; a caller; and a queue whose member only has the same name. */
export const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "app", "private": true }\n',
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler", "noEmit": true }, "include": ["src"] }\n',
  'src/router.ts': `export type Handler = (message: string) => void;

export class Router {
  readonly handlers: Handler[] = [];
  addHandler(handler: Handler): void {
    this.handlers.push(handler);
  }
}
`,
  'src/legacy/router.ts': `export class Router {
  readonly handlers: ((message: string) => void)[] = [];
  register_handler(handler: (message: string) => void): void {
    this.handlers.push(handler);
  }
}
`,
  'src/app.ts': `import { Router } from './legacy/router';
import { Queue } from './queue';

export const router = new Router();
router.register_handler((message) => console.log(message)); // kept
new Queue().register_handler('x');
declare const plugin: any;
plugin.register_handler(1);
`,
  'src/queue.ts': `export class Queue {
  register_handler(name: string): string {
    return name;
  }
}
`,
};

export const MANIFEST = `import { defineMigration } from 'reroute';
export default defineMigration({
  name: 'one-router',
  canonical: {
    'src/router.ts': { Router: { replaces: ['src/legacy/router.ts#Router'], members: { register_handler: 'addHandler' } } },
  },
  phases: [
    { name: 'production', files: ['src/**'], steps: ['imports', 'members'] },
    { name: 'tests', files: ['test/**'], steps: ['imports', 'members'] },
  ],
  gates: ['types'],
});
`;

/** A new folder with these files in it; the real path. */
export function makeFolder(files: Readonly<Record<string, string>> = {}): string {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'reroute-cli-')));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

export interface Outcome {
  readonly exit: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Given {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly isTerminal?: boolean;
  readonly signal?: AbortSignal;
}

/** What a command line prints and exits with, run in this process as `main.ts` runs it. */
export async function cli(args: string, { cwd, env = {}, isTerminal = false, signal }: Given): Promise<Outcome> {
  const printed = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: isTerminal,
    columns: 100,
    write: (text: string) => (printed[name] += text),
  });
  let clock = Date.parse('2026-11-21T03:45:12.000Z');
  const exit = await runCli(args.split(' ').filter(Boolean), {
    cwd,
    env,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    signal: signal ?? new AbortController().signal,
    now: () => {
      clock += 1_000;
      return new Date(clock);
    },
  });
  return { exit, ...printed };
}
