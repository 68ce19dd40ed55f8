import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { input } from './migration.ts';

const HOME = path.resolve(import.meta.dirname, '../..');
const BIN = path.join(HOME, 'node_modules/jscodeshift/bin/jscodeshift.js');
const SOURCE = [
  "import { MessageRouter } from '../core/message-router';",
  'const router: MessageRouter = new MessageRouter();',
  "router.register_handler('chat', handler);",
  'other.register_handler(handler);',
  'router.register_handler(...handlers)',
].join('\r\n');
const EXPECTED = [
  "import { MessageRouter } from '../router/message-router';",
  "import { handlerFor } from '../router/handler-for';",
  'const router: MessageRouter = new MessageRouter();',
  "router.addHandler(handlerFor('chat', handler));",
  'other.register_handler(handler);',
  'router.register_handler(...handlers)',
].join('\r\n');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'reroute-jscodeshift-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function target(name: string): string {
  const root = path.join(folder, name);
  mkdirSync(path.join(root, 'src/app'), { recursive: true });
  writeFileSync(path.join(root, 'reroute.config.ts'), `export default ${JSON.stringify(input)};\n`);
  writeFileSync(path.join(root, 'src/app/main.ts'), `\uFEFF${SOURCE}`);
  writeFileSync(path.join(root, 'src/app/unrelated.ts'), 'queue.add(handler);\n');
  return root;
}

function jscodeshift(root: string, transform: string, ...options: readonly string[]): string {
  const args = [BIN, '-t', transform, '--parser=ts', '--extensions=ts', '--cpus=1', ...options];
  return execFileSync(process.execPath, [...args, `--manifest=${root}/reroute.config.ts`, `${root}/src`], {
    encoding: 'utf8',
  });
}

const main = (root: string) => readFileSync(path.join(root, 'src/app/main.ts'), 'utf8');

describe('under plain jscodeshift', () => {
  test('the transforms run as TypeScript, keep the byte order mark and report what is not certain', {
    timeout: 240_000,
  }, () => {
    const root = target('source');
    const members = jscodeshift(root, path.join(HOME, 'codemods/rewrite-members/transform.ts'));
    expect(members).toContain(
      "src/app/main.ts:4:7: 'register_handler' of something whose class this file does not show",
    );
    expect(members).toContain('src/app/main.ts:5:8: register_handler: ');
    expect(members).toMatch(/0 errors[\s\S]*1 skipped[\s\S]*1 ok/);
    const imports = jscodeshift(root, path.join(HOME, 'codemods/rewrite-imports/transform.ts'));
    expect(imports).not.toContain('register_handler');
    expect(imports).toMatch(/1 ok/);
    expect(main(root)).toBe(`\uFEFF${EXPECTED}`);
    expect(jscodeshift(root, path.join(HOME, 'codemods/rewrite-imports/transform.ts'))).toMatch(/2 skipped[\s\S]*0 ok/);
  });

  test('the transforms run as built JavaScript, and tell a missing manifest and a file outside of the root', {
    timeout: 240_000,
  }, () => {
    const built = path.join(folder, 'built');
    execFileSync(
      process.execPath,
      [
        path.join(HOME, 'node_modules/typescript/bin/tsc'),
        '-p',
        path.join(HOME, 'tsconfig.build.json'),
        '--outDir',
        built,
      ],
      { stdio: 'ignore' },
    );
    cpSync(path.join(HOME, 'package.json'), path.join(built, 'package.json'));
    symlinkSync(path.join(HOME, 'node_modules'), path.join(built, 'node_modules'));
    const root = target('built');
    // jscodeshift compiles transforms unless told not to; both ways have to work.
    expect(jscodeshift(root, path.join(built, 'codemods/rewrite-members/transform.js'))).toMatch(/0 errors[\s\S]*1 ok/);
    const imports = path.join(built, 'codemods/rewrite-imports/transform.js');
    expect(jscodeshift(root, imports, '--no-babel')).toMatch(/0 errors[\s\S]*1 ok/);
    expect(main(root)).toBe(`\uFEFF${EXPECTED}`);

    const mistaken = target('mistakes');
    expect(jscodeshift(mistaken, imports, '--no-babel', `--root=${folder}/elsewhere`)).toContain('lies outside of');
    const args = [BIN, '-t', imports, '--no-babel', '--parser=ts', '--extensions=ts', '--cpus=1', `${mistaken}/src`];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toContain('none is given');
    expect(main(mistaken)).toBe(`\uFEFF${SOURCE}`);
  });
});
