// What is timed: each scenario makes a target in an empty folder and names who runs on it. A contender with `once` takes
// minutes; it runs a single time.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { makeMoveTarget, makeTarget } from './generated-target.mjs';
import { astGrep } from './peers/ast-grep.mjs';

const here = import.meta.dirname;
const repo = path.dirname(here);
const peer = (name) => path.join(here, 'peers', name);
const node = (script, ...args) => [process.execPath, script, ...args];
const reroute = (root) => ({
  name: 'reroute run --all --dry-run',
  command: node(path.join(repo, 'dist/src/cli/main.js'), 'run', '--all', '--dry-run', root),
});

function jscodeshift(transform, root, options, parser = 'ts') {
  const fixed = ['-d', '-s', '-t', peer(transform), '--extensions=ts,js', `--parser=${parser}`, `--root=${root}`];
  const given = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  return [path.join(repo, 'node_modules/.bin/jscodeshift'), ...fixed, ...given, path.join(root, 'src')];
}

/** Legacy routers in a generated project of any size and density. */
export function routers({ files, usages, seed }, slow = true) {
  return {
    title: `${files} files, ${usages * 100} % with usages, 5 % with decoys`,
    make: (root) => {
      const counts = makeTarget(root, { files, usages, decoys: Math.min(0.05, 1 - usages), seed });
      return `${counts.usages} files with usages, ${counts.decoys} with decoys, seed ${seed}`;
    },
    contenders: (root) => [
      reroute(root),
      {
        name: 'ast-grep CLI, untyped',
        command: astGrep(root, { from: 'register_handler', to: 'addHandler', module: 'message-router' }),
      },
      { name: 'jscodeshift CLI, untyped', command: jscodeshift('jscodeshift-routers.cjs', root, {}) },
      {
        name: 'jscodeshift CLI, untyped, text prefilter',
        command: jscodeshift('jscodeshift-routers.cjs', root, { prefilter: true }),
      },
      ...(slow ? [{ name: 'ts-morph rename', command: node(peer('ts-morph-routers.mjs'), root), once: true }] : []),
    ],
  };
}

/** One module that many files import moves to another folder. */
export function move({ importers, seed }) {
  const [from, to] = ['src/core/message-router.ts', 'src/router/message-router.ts'];
  return {
    title: `a module with ${importers} importers moves`,
    make: (root) => {
      makeMoveTarget(root, { importers, seed });
      return `seed ${seed}`;
    },
    contenders: (root) => [
      reroute(root),
      {
        name: 'jscodeshift CLI, untyped',
        command: jscodeshift('jscodeshift-move.cjs', root, { from: from.slice(0, -3), to: to.slice(0, -3) }),
      },
      {
        name: "TypeScript 6's language service",
        command: node(peer('language-service.mjs'), 'move', root, from, to),
        once: true,
      },
      { name: 'ts-morph move()', command: node(peer('ts-morph-move.mjs'), root, from, to), once: true },
    ],
  };
}

/** A method that is renamed in the sources of published packages. */
const RENAMES = {
  three: { file: 'src/core/Object3D.js', className: 'Object3D', from: 'add', to: 'attach3D' },
  rxjs: { file: 'src/internal/Subject.ts', className: 'Subject', from: 'asObservable', to: 'asReadonly' },
  effect: { file: 'src/internal/effect.ts', className: 'FiberImpl', from: 'evaluate', to: 'runOne' },
};

export function published({ name }) {
  const { file, className, from, to } = RENAMES[name];
  const require = createRequire(name === 'effect' ? peer('package.json') : import.meta.url);
  const isScript = file.endsWith('.js');
  return {
    title: `${name}: ${className}.${from} renamed`,
    make: (root) => {
      const folder = packageFolder(require, name);
      cpSync(path.join(folder, 'src'), path.join(root, 'src'), { recursive: true });
      cpSync(path.join(folder, 'package.json'), path.join(root, 'package.json'));
      const compilerOptions = {
        target: 'esnext',
        module: 'nodenext',
        moduleResolution: 'nodenext',
        strict: true,
        noEmit: true,
        types: [],
        allowImportingTsExtensions: true,
      };
      if (!isScript)
        writeFileSync(path.join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
      mkdirSync(path.join(root, 'node_modules'), { recursive: true });
      writeFileSync(
        path.join(root, 'reroute.config.ts'),
        `import { defineMigration } from 'reroute';\nexport default defineMigration({ name: 'bench', canonical: { '${file}': { ${className}: { members: { ${from}: '${to}' } } } } });\n`,
      );
      return require(`${name}/package.json`).version;
    },
    contenders: (root) => [
      reroute(root),
      { name: 'ast-grep CLI, untyped', command: astGrep(root, { from, to }, isScript ? 'JavaScript' : 'TypeScript') },
      {
        name: 'jscodeshift CLI, untyped',
        command: jscodeshift('jscodeshift-rename.cjs', root, { from, to }, isScript ? 'babel' : 'ts'),
      },
      {
        name: "TypeScript 6's language service",
        command: node(peer('language-service.mjs'), 'rename', root, file, className, from),
      },
      { name: 'ts-morph rename', command: node(peer('ts-morph-rename.mjs'), root, file, className, from, to) },
    ],
  };
}

function packageFolder(require, name) {
  return path.dirname(require.resolve(`${name}/package.json`));
}
