import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, FILES, MANIFEST, makeTarget, writeFiles } from './bad-target.ts';
import { reroute } from './command.ts';
import { treeOf } from './tree.ts';

/** A target all of whose configurations, scripts and plugins write a file into `sprung` when they are run. */
function trapped(): { readonly root: string; readonly sprung: string; readonly manifest: string } {
  const sprung = emptyFolder();
  const touch = (name: string) => `require('fs').writeFileSync(${JSON.stringify(path.join(sprung, name))}, '');`;
  const touchModule = (name: string) =>
    `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(path.join(sprung, name))}, '');\nexport default {};\n`;
  const shell = (name: string) => `node -e "require('fs').writeFileSync('${path.join(sprung, name)}', '')"`;
  const scripts = ['preinstall', 'install', 'postinstall', 'prepare', 'pretest', 'test', 'build'];
  const configs = ['jest.config.js', '.babelrc.js', 'babel.config.js', 'prettier.config.js', '.eslintrc.js'];
  const modules = [
    'eslint.config.mjs',
    'vitest.config.mjs',
    'vite.config.mjs',
    'prettier.config.mjs',
    'recast.config.mjs',
  ];
  const root = makeTarget({
    'package.json': JSON.stringify({
      name: 'app',
      private: true,
      scripts: Object.fromEntries(scripts.map((name) => [name, shell(`script-${name}`)])),
      prettier: './prettier.config.js',
      babel: { presets: ['./babel-preset.js'], plugins: ['trap-plugin'] },
      jest: { preset: './jest.config.js', globalSetup: './jest.config.js' },
    }),
    'tsconfig.json': JSON.stringify({
      extends: 'trap-config/tsconfig.json',
      compilerOptions: { strict: true, module: 'esnext', moduleResolution: 'bundler', noEmit: true },
      include: ['src'],
    }),
    'node_modules/trap-config/package.json': '{ "name": "trap-config", "main": "index.js" }',
    'node_modules/trap-config/index.js': touch('extends'),
    'node_modules/trap-config/tsconfig.json': JSON.stringify({
      compilerOptions: { plugins: [{ name: 'trap-plugin', transform: 'trap-plugin' }] },
    }),
    'node_modules/trap-plugin/package.json': '{ "name": "trap-plugin", "main": "index.js" }',
    'node_modules/trap-plugin/index.js': `${touch('plugin')}\nmodule.exports = () => ({});\n`,
    // Names that a codemod's tools might look up from the target.
    ...Object.fromEntries(
      ['jscodeshift', 'prettier', 'typescript', 'ts-morph', '@babel/parser', 'zod'].flatMap((name) => [
        [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
        [`node_modules/${name}/index.js`, touch(`package-${name.replace('/', '-')}`)],
      ]),
    ),
    'babel-preset.js': touch('babel-preset'),
    ...Object.fromEntries(configs.map((name) => [name, `${touch(name)}\nmodule.exports = {};\n`])),
    ...Object.fromEntries(modules.map((name) => [name, touchModule(name)])),
    '.npmrc': 'script-shell=./shell.sh\nnode-options=--require ./required.cjs\n',
    '.env': 'NODE_OPTIONS=--require ./required.cjs\n',
    'required.cjs': touch('env'),
    'src/setup.ts': touchModule('source'),
    '.gitattributes': '*.md filter=trap diff=trap\n',
    'gate.cjs': `${touch('gate')}`,
    'reroute.config.ts': `${touchModule('own-manifest')}`,
  });
  const manifest = path.join(emptyFolder(), 'reroute.config.ts');
  writeFileSync(manifest, MANIFEST.replace("'types'", "'types', 'node gate.cjs'"));
  const git = (...args: string[]) => {
    const { status, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  };
  git('init', '-q');
  git('add', '-A');
  git('-c', 'user.name=Test', '-c', 'user.email=test@example.org', 'commit', '-q', '-m', 'before');
  for (const kind of ['clean', 'smudge', 'process']) git('config', `filter.trap.${kind}`, shell(`filter-${kind}`));
  git('config', 'diff.trap.textconv', shell('textconv'));
  git('config', 'core.fsmonitor', shell('fsmonitor'));
  for (const hook of ['pre-commit', 'post-commit', 'post-checkout', 'post-index-change', 'reference-transaction']) {
    const file = path.join(root, '.git/hooks', hook);
    writeFileSync(file, `#!/bin/sh\n${shell(`hook-${hook}`)}\n`);
    chmodSync(file, 0o755);
  }
  return { root, sprung, manifest };
}

describe('a target full of traps', { timeout: 600_000 }, () => {
  test('nothing of it is executed but the gate that the manifest names', async () => {
    const { root, sprung, manifest } = trapped();
    const say = async (line: string) => {
      const { exit, stderr } = await reroute({ cwd: root }, ...line.split(' '), '--config', manifest);
      return { line, exit, stderr };
    };
    for (const line of ['plan --stdout', 'run production --dry-run', 'status'])
      expect((await say(line)).stderr, line).toBe('');
    expect(readdirSync(sprung)).toEqual([]);
    expect(await say('run production')).toMatchObject({ exit: 0, stderr: '' });
    expect(readFileSync(path.join(root, 'src/app.ts'), 'utf8')).toContain('addHandler');
    expect(readdirSync(sprung)).toEqual(['gate']);
    for (const line of ['proxies', 'rollback']) await say(line);
    const { exit } = await reroute({ cwd: root }, 'report', '--all');
    expect(exit).toBe(2);
    expect(readdirSync(sprung)).toEqual(['gate']);
  });
});

describe('a target of odd shape', { timeout: 600_000 }, () => {
  test('deep folders, circular links, a huge line, many files and names that steer a terminal', async () => {
    const root = makeTarget();
    // A file of one line that is longer than any text can be, without taking room on the disk.
    const huge = path.join(root, 'src/huge.ts');
    writeFileSync(huge, '');
    truncateSync(huge, 2 ** 30);
    const steering = 'src/a\u001b[2J\u001b]0;title\u0007\u202e.ts';
    writeFiles(root, {
      [steering]: `${FILES['src/app.ts']}`,
      ...Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`src/many/${n % 30}/f${n}.ts`, ''])),
    });
    symlinkSync('..', path.join(root, 'src/up'));
    symlinkSync('loop', path.join(root, 'src/loop'));
    // As deep as the system lets a path be, by way of the folder itself.
    let deep = path.join(root, 'deep');
    mkdirSync(deep);
    for (; deep.length < 1500; deep += '/d') mkdirSync(`${deep}/d`);
    writeFileSync(`${deep}/use.ts`, 'export {};\n');
    const before = treeOf(root, { without: ['deep', '.reroute'] });
    const { exit, stdout, stderr } = await reroute({ cwd: root }, 'run', 'production');
    expect(`${exit} ${stderr}`).toBe('0 ');
    expect(readFileSync(path.join(root, steering), 'utf8')).toContain('addHandler');
    expect(stdout).toContain('src/huge.ts  not read: it is longer than 64 million characters');
    expect(stdout).toContain('src/a\\u{1b}[2J\\u{1b}]0;title\\u{7}\\u{202e}.ts');
    for (const format of ['text', 'markdown', 'html']) {
      const report = await reroute({ cwd: root }, 'report', '--format', format);
      expect(report.exit).toBe(0);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
      expect(report.stdout, format).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
    }
    for (const line of ['plan --stdout', 'status', 'rollback']) {
      const said = await reroute({ cwd: root }, ...line.split(' '));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
      expect(said.stdout + said.stderr, line).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
    }
    expect(treeOf(root, { without: ['deep', '.reroute'] })).toEqual(before);
    expect(existsSync(huge)).toBe(true);
  });
});
