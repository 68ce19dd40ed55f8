import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterThisFile } from '../clean-up.ts';
import { cli, makeFolder } from '../cli/small-target.ts';
import { command, type Ended, REPO, reroute } from '../e2e/command.ts';

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "app", "private": true, "type": "module" }\n',
  'src/router.js': `export class Router {
  handlers = [];
  addHandler(handler) {
    this.handlers.push(handler);
  }
  size() {
    return this.handlers.length;
  }
}
`,
  'src/legacy/router.js': `export class Router {
  handlers = [];
  register_handler(handler) {
    this.handlers.push(handler);
  }
  get_size() {
    return this.handlers.length;
  }
}
`,
  'src/app.js': `import { Router } from './legacy/router.js';

export function start() {
  const router = new Router();
  router.register_handler(() => {});
  return router;
}
`,
  'reroute.config.ts': `import { defineMigration } from 'reroute';
export default defineMigration({
  name: 'one-router',
  canonical: {
    'src/router.js': {
      Router: {
        replaces: ['src/legacy/router.js#Router'],
        members: { register_handler: 'addHandler', get_size: 'size' },
      },
    },
  },
  phases: [{ name: 'consolidate', steps: ['proxies'] }, { name: 'all', steps: ['imports', 'members'] }],
});
`,
};

export const IDS = {
  register: 'src/router.js#Router.register_handler',
  size: 'src/router.js#Router.get_size',
};

/** A small target whose proxies stand, with the package as it is built and vitest installed. */
export class RatchetTarget {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static async make(files: Readonly<Record<string, string>>): Promise<RatchetTarget> {
    const root = makeFolder({ ...FILES, ...files });
    afterThisFile(() => rmSync(root, { recursive: true, force: true }));
    mkdirSync(path.join(root, 'node_modules'), { recursive: true });
    symlinkSync(REPO, path.join(root, 'node_modules/reroute'), 'junction');
    symlinkSync(path.join(REPO, 'node_modules/vitest'), path.join(root, 'node_modules/vitest'), 'junction');
    const { exit, stderr } = await cli('run consolidate', { cwd: root });
    if (exit !== 0) throw new Error(stderr);
    return new RatchetTarget(root);
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.root, file)), { recursive: true });
    writeFileSync(path.join(this.root, file), text);
  }

  baseline(): unknown {
    const file = path.join(this.root, 'reroute-baseline.json');
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).uses : undefined;
  }

  /** A command in the target, `node` for the one that runs this. */
  run(...[program, ...words]: readonly [string, ...string[]]): Promise<Ended> {
    return command({ cwd: this.root }, program === 'node' ? process.execPath : program, ...words);
  }

  reroute(...words: readonly string[]): Promise<Ended> {
    return reroute({ cwd: this.root }, ...words);
  }
}

export const VITEST = ['node', 'node_modules/vitest/vitest.mjs', 'run'] as const;
export const NODE_TEST = ['node', '--import', 'reroute/deprecation/node-test', '--test'] as const;
