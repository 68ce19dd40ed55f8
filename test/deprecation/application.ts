import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterThisFile } from '../clean-up.ts';

const repo = path.resolve(import.meta.dirname, '../..');
/** The proxy of a module with one deprecated function, as it is generated. */
const PROXY = `deprecate({ id: 'src/core/old.js#old', name: 'old', replacement: 'fresh(a)', code: 'REROUTE_TEST_1' })`;

/** An application in a temporary folder, with this package installed as it is built. */
export class Application {
  readonly root = realpathSync(mkdtempSync(path.join(tmpdir(), 'reroute-application-')));

  constructor(files: Readonly<Record<string, string>> = {}) {
    afterThisFile(() => rmSync(this.root, { recursive: true, force: true }));
    mkdirSync(path.join(this.root, 'node_modules'));
    symlinkSync(repo, path.join(this.root, 'node_modules/reroute'), 'dir');
    this.write({
      'package.json': '{ "name": "application", "type": "module" }',
      'core/old.js': `import { deprecate } from 'reroute/deprecation';\nconst notice = ${PROXY};\nexport function old(a) { if (++notice.calls >= notice.next) notice.look(); return a; }\n`,
      'core/old.cjs': `const { deprecate } = require('reroute/deprecation');\nconst notice = ${PROXY};\nexports.old = function old(a) { if (++notice.calls >= notice.next) notice.look(); return a; };\n`,
      ...files,
    });
  }

  write(files: Readonly<Record<string, string>>): this {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(this.root, file)), { recursive: true });
      writeFileSync(path.join(this.root, file), text);
    }
    return this;
  }

  read(file: string): string {
    return readFileSync(path.join(this.root, file), 'utf8');
  }

  /** Runs a file in Node as it is, with nothing of this process's environment but the path. */
  run(
    file: string,
    { flags = [], env = {} }: { flags?: readonly string[]; env?: Readonly<Record<string, string>> } = {},
  ) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, path.join(this.root, file)], {
      cwd: this.root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, ...env },
    });
    return { status, stdout, stderr, warnings: (stderr.match(/DeprecationWarning: /g) ?? []).length };
  }
}
