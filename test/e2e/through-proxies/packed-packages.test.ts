import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Ended, node, REPO, reroute } from '../command.ts';

// Many processes on few cores.
vi.setConfig({ testTimeout: 300_000 });

const ATTW = path.join(REPO, 'node_modules/@arethetypeswrong/cli/dist/index.js');

const CLASS = "class Router {\n  register_handler(handler) { return handler('x'); }\n}\n";
const JOIN = 'function join(a, b) { return a + b; }\n';
const TYPES = `export declare class Router {
  register_handler(handler: (text: string) => string): string;
}
export declare function join(a: string, b: string): string;
`;

/** A package with both formats, as it was published: two copies of one implementation. */
const PACKAGE: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'old-router',
    version: '1.0.0',
    type: 'commonjs',
    license: 'MIT',
    main: './index.cjs',
    types: './index.d.cts',
    exports: {
      '.': {
        import: { types: './index.d.mts', default: './index.mjs' },
        require: { types: './index.d.cts', default: './index.cjs' },
      },
    },
    files: ['*.mjs', '*.cjs', '*.mts', '*.cts', 'lib'],
    dependencies: { reroute: '*' },
  }),
  'index.mjs': `${CLASS}${JOIN}export { Router, join };\n`,
  'index.cjs': `${CLASS}${JOIN}module.exports = { Router, join };\n`,
  'index.d.mts': TYPES,
  'index.d.cts': TYPES,
  'lib/router.cjs':
    "class Router {\n  addHandler(handler) { return 'new ' + handler('x'); }\n}\nfunction joined(parts) { return parts.join('+'); }\nmodule.exports = { Router, joined };\n",
  'reroute.config.ts': `import { defineMigration } from 'reroute';
export default defineMigration({
  name: 'one-router',
  canonical: {
    'lib/router.cjs': {
      Router: { replaces: ['index.mjs#Router', 'index.cjs#Router'], members: { register_handler: 'addHandler' } },
      joined: { replaces: ['index.mjs#join', 'index.cjs#join'], members: { '(a, b)': '([a, b])' } },
    },
  },
  phases: [{ name: 'consolidate', steps: ['proxies'] }],
});
`,
};

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'reroute-packed-')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Packs what stands in a folder, and gives the tarball. */
function pack(from: string): string {
  const printed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: from,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ filename }] = JSON.parse(printed) as [{ filename: string }];
  return path.join(folder, filename);
}

const attw = (tarball: string, ...flags: string[]): Promise<Ended> =>
  node({ cwd: folder }, ATTW, tarball, '--no-color', '--no-emoji', ...flags);

/** Errors and warnings; suggestions are left to people. */
async function publintOn(tarball: string): Promise<readonly (string | undefined)[]> {
  const bytes = readFileSync(tarball);
  const { messages, pkg } = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer },
  });
  return messages
    .filter(({ type }) => type !== 'suggestion')
    .map((message) => formatMessage(message, pkg as Record<string, unknown>));
}

test('a package whose entry point is a proxy is right in both formats, with one instance behind them', async () => {
  const root = path.join(folder, 'old-router');
  mkdirSync(path.join(root, 'lib'), { recursive: true });
  mkdirSync(path.join(root, 'node_modules'));
  for (const [file, text] of Object.entries(PACKAGE)) writeFileSync(path.join(root, file), text);
  symlinkSync(REPO, path.join(root, 'node_modules/reroute'), 'junction');
  const made = await reroute({ cwd: root }, 'proxies');
  expect(made, made.stdout).toMatchObject({ exit: 0, stderr: '' });
  const tarball = pack(root);

  expect(await publintOn(tarball)).toEqual([]);
  const types = await attw(tarball, '--profile', 'node16');
  expect(types.exit, types.stdout).toBe(0);

  const app = path.join(folder, 'app');
  const installed = path.join(app, 'node_modules/old-router');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['xzf', tarball, '-C', installed, '--strip-components=1']);
  symlinkSync(REPO, path.join(app, 'node_modules/reroute'), 'junction');
  writeFileSync(
    path.join(app, 'main.mjs'),
    `import { createRequire } from 'node:module';
import { join, Router } from 'old-router';
const required = createRequire(import.meta.url)('old-router');
console.log(required.Router === Router, required.join === join, new Router().register_handler((text) => text), join('a', 'b'));
`,
  );
  const ran = await node({ cwd: app }, '--no-deprecation', 'main.mjs');
  expect(ran).toEqual({ exit: 0, stdout: 'true true new x a+b\n', stderr: '' });
});

test('a format that is missing, and types of the wrong one, would be found', async () => {
  const root = path.join(folder, 'broken');
  cpSync(path.join(folder, 'old-router'), root, { recursive: true, filter: (file) => !file.includes('node_modules') });
  const manifest = JSON.parse(PACKAGE['package.json']!) as { name: string; exports: object };
  manifest.name = 'broken-router';
  manifest.exports = { '.': { types: './index.d.mts', import: './index.mjs', require: './missing.cjs' } };
  writeFileSync(path.join(root, 'package.json'), JSON.stringify(manifest));
  const tarball = pack(root);
  expect((await publintOn(tarball)).join('\n')).toContain('missing.cjs');
  expect((await attw(tarball, '--profile', 'node16')).exit).toBe(1);
});

test("Reroute's own package is right: what applications load in both formats, the rest as ES modules", async () => {
  const tarball = pack(REPO);
  expect(await publintOn(tarball)).toEqual([]);
  const both = await attw(tarball, '--profile', 'node16', '--entrypoints', 'deprecation', 'deprecation/overrides');
  expect(both.exit, both.stdout).toBe(0);
  const all = await attw(
    tarball,
    '--profile',
    'esm-only',
    '--include-entrypoints',
    'proxies/core/message_router',
    'codemods/rewrite-imports',
  );
  expect(all.exit, all.stdout).toBe(0);
  for (const entry of [
    'reroute/router',
    'reroute/deprecation',
    'reroute/proxies/core/message_router',
    'reroute/codemods/rewrite-imports',
  ])
    expect(all.stdout).toContain(`"${entry}"`);
});
