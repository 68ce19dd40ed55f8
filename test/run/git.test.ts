import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeDisk } from '../../src/run/disk.ts';
import { revertRuns } from '../../src/run/git/commits.ts';
import { Git } from '../../src/run/git/git.ts';
import { Ledger } from '../../src/run/ledger.ts';
import { rollback } from '../../src/run/rollback.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type Files, MIGRATION, PhaseTarget, ROUTERS } from './phases/phase-target.ts';

const reportOf = () => '.reroute/reports/a.html';

/** A target that is committed, with git as it is. */
class Repository {
  readonly target: PhaseTarget;
  readonly top: string;

  constructor(
    files: Files = {},
    { settings = [] as readonly string[], top }: { settings?: readonly string[]; top?: string } = {},
  ) {
    this.target = new PhaseTarget({ ...ROUTERS, '.gitignore': 'node_modules\n', ...files }, MIGRATION);
    this.top = top ?? this.target.root;
    this.git('init', '-q', '-b', 'main');
    this.git('config', 'user.name', 'Test');
    this.git('config', 'user.email', 'test@example.org');
    for (const setting of settings) this.git('config', ...(setting.split('=') as [string, string]));
    this.git('add', '-A');
    this.git('commit', '-q', '-m', 'before');
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.top, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  status(): string[] {
    return this.git('status', '--porcelain', '-z').split('\0').filter(Boolean);
  }

  undo(phase: string) {
    const ledger = new Ledger(nodeDisk, this.target.root);
    const runs = rollback({ disk: nodeDisk, ledger, what: { phase }, migration: MIGRATION.name, now: new Date(0) });
    return revertRuns(
      Git.around(this.target.root)!,
      ledger,
      runs.flatMap(({ run }) => ledger.run(run) ?? []),
    );
  }
}

describe('files that a phase writes must be clean', () => {
  test.each([
    [
      'changed',
      (one: Repository) =>
        one.target.write({ 'src/old_router.ts': `${one.target.read('src/old_router.ts')}// mine\n` }),
      'has changes that are not committed',
    ],
    [
      'staged',
      (one: Repository) => {
        const text = one.target.read('src/old_router.ts');
        one.target.write({ 'src/old_router.ts': `${text}// mine\n` });
        one.git('add', 'src/old_router.ts');
        one.target.write({ 'src/old_router.ts': text });
      },
      'has staged changes',
    ],
    [
      'not known',
      (one: Repository) => {
        one.git('rm', '-q', '--cached', 'src/old_router.ts');
        one.git('commit', '-q', '-m', 'forgotten');
      },
      'is not in git',
    ],
    [
      'added',
      (one: Repository) => {
        one.git('rm', '-q', '--cached', 'src/old_router.ts');
        one.git('commit', '-q', '-m', 'forgotten');
        one.git('add', 'src/old_router.ts');
      },
      'is not committed',
    ],
  ])('%s', async (_, spoil, how) => {
    const one = new Repository();
    spoil(one);
    const tree = one.target.tree({ ledger: false });
    await expect(one.target.run(['consolidate'])).rejects.toMatchObject({
      code: 'GIT_DIRTY',
      details: [`src/old_router.ts ${how}`],
    });
    expect(one.target.tree({ ledger: false })).toEqual(tree);
    expect((await one.target.phase('consolidate', { allowDirty: true })).status).toBe('done');
  });

  test('others may be as they are, and what a phase before left is no change of the user’s', async () => {
    const one = new Repository({ 'README.md': '# App\n' });
    one.target.write({ 'README.md': '# Mine\n' });
    const { records } = await one.target.run();
    expect(records.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  });

  test('a target that its repository ignores, or that lies in none, is not held against git', async () => {
    const top = temporaryFolder({ '.gitignore': '*\n' });
    execFileSync('git', ['init', '-q'], { cwd: top });
    mkdirSync(path.join(top, 'target'));
    expect(Git.around(path.join(top, 'target'))).toBeUndefined();
    expect(Git.around(temporaryFolder({}))).toBeUndefined();
  });

  test('what git refuses to look at is told, and can be left out', async () => {
    const one = new Repository();
    writeFileSync(path.join(one.top, '.git/config'), '[core\n', { flag: 'a' });
    await expect(one.target.run(['consolidate'])).rejects.toMatchObject({ code: 'GIT_REFUSED' });
    expect((await one.target.phase('consolidate', { allowDirty: true })).status).toBe('done');
  });
});

describe('--commit', () => {
  test('makes one commit a phase with what the phase wrote and nothing else', async () => {
    const one = new Repository({ 'README.md': '# App\n' });
    one.target.write({ 'README.md': '# Staged\n', 'notes.md': 'mine\n' });
    one.git('add', 'README.md');
    const { records } = await one.target.run('all', { commit: { reportOf } });
    const subjects = one.git('log', '--format=%s').trim().split('\n').reverse();
    expect(subjects).toEqual([
      'before',
      ...records.map(({ phase, account, changes }) =>
        `reroute: ${MIGRATION.name}, ${phase}: ${account.edited} places in ${changes.length} ${changes.length === 1 ? 'file' : 'files'}`.replace(
          '1 places',
          '1 place',
        ),
      ),
    ]);
    for (const [i, record] of [...records].reverse().entries()) {
      const written = one.git('show', '--format=', '--name-only', '-z', `HEAD~${i}`).split('\0').filter(Boolean).sort();
      expect(written).toEqual(record.changes.map(({ file }) => file).sort());
    }
    expect(one.status().sort()).toEqual(['?? notes.md', 'M  README.md']);
    const message = one.git('log', '-1', '--format=%B');
    expect(message).toContain('Report: .reroute/reports/a.html\n');
    expect(message).toContain(`Reroute-Run: ${records.at(-1)!.id}\n`);
    expect(message).toMatch(/\d+ found = \d+ edited \+ \d+ for review \+ \d+ left alone\nGates: types\n/);
  });

  test('needs a repository, and says so before anything is written', async () => {
    const target = new PhaseTarget(ROUTERS, MIGRATION);
    const tree = target.tree({ ledger: false });
    await expect(target.run(['consolidate'], { commit: { reportOf } })).rejects.toMatchObject({ code: 'GIT_MISSING' });
    expect(target.tree({ ledger: false })).toEqual(tree);
  });

  test('runs nothing that the repository brings along', async () => {
    const one = new Repository();
    const trap = path.join(one.top, '.git/trap.sh');
    writeFileSync(trap, `#!/bin/sh\ntouch "${one.top}/.git/sprung"\nexit 1\n`);
    chmodSync(trap, 0o755);
    for (const hook of [
      'pre-commit',
      'commit-msg',
      'post-commit',
      'prepare-commit-msg',
      'post-checkout',
      'post-index-change',
    ]) {
      writeFileSync(path.join(one.top, '.git/hooks', hook), `#!/bin/sh\nexec "${trap}"\n`, { mode: 0o755 });
    }
    one.git('config', 'core.fsmonitor', trap);
    one.git('config', 'gpg.program', trap);
    one.git('config', 'commit.gpgsign', 'true');
    one.git('config', 'core.editor', trap);
    Git.around(one.target.root)!.startBranch('reroute/routers');
    await one.target.run('all', { commit: { reportOf } });
    expect(existsSync(path.join(one.top, '.git/sprung'))).toBe(false);
  });

  test('is refused where a filter, a program of the repository’s, would see the files; the phase stands', async () => {
    const one = new Repository();
    one.target.write({ '.gitattributes': '*.ts filter=trap\n' });
    one.git('config', 'filter.trap.clean', `touch "${one.top}/.git/sprung"; cat`);
    await expect(one.target.run(['consolidate'], { commit: { reportOf } })).rejects.toMatchObject({
      code: 'GIT_FILTERED',
      details: ['src/old_router.ts'],
    });
    expect(one.target.read('src/old_router.ts')).toContain('@generated');
    expect(existsSync(path.join(one.top, '.git/sprung'))).toBe(false);
  });

  test('line ends that git converts are no change, before and after', async () => {
    const crlf = Object.fromEntries(
      Object.entries(ROUTERS).map(([file, text]) => [
        file,
        /\.ts$/.test(file) ? String(text).replaceAll('\n', '\r\n') : text,
      ]),
    );
    const one = new Repository(crlf, { settings: ['core.autocrlf=true'] });
    expect(one.git('cat-file', '-p', 'HEAD:src/old_router.ts')).not.toContain('\r');
    await one.target.run('all', { commit: { reportOf } });
    expect(one.status()).toEqual([]);
    expect(one.target.read('src/app.ts')).toContain('\r\n');
    expect(one.git('cat-file', '-p', 'HEAD:src/app.ts')).not.toContain('\r');
  });

  test('file names may have what a shell and git would quote', async () => {
    const names = ['src/it\'s a "place".ts', 'src/line\nbreak.ts', 'src/:(top)*.ts', 'src/ключ [1].ts', 'src/-x.ts'];
    const text = "import { OldRouter } from './old_router.ts';\nnew OldRouter().get_order();\n";
    const one = new Repository(Object.fromEntries(names.map((name) => [name, text])));
    await one.target.run('all', { commit: { reportOf } });
    expect(one.status()).toEqual([]);
    const left = names.filter((name) => one.target.read(name).includes('OldRouter'));
    expect(left).toEqual([]);
  });
});

describe('where a target lies', () => {
  test('in a folder of a repository, only that folder is committed', async () => {
    const target = new PhaseTarget({}, MIGRATION, { runtime: false });
    const top = target.root;
    const inner = path.join(top, 'packages/app');
    const one = new Repository(
      Object.fromEntries(
        Object.entries({ ...ROUTERS, 'reroute.config.ts': target.read('reroute.config.ts') }).map(([file, text]) => [
          `packages/app/${file}`,
          text,
        ]),
      ),
    );
    one.target.write({ 'other.md': 'mine\n' });
    expect(inner).toContain('packages/app');
    const root = path.join(one.target.root, 'packages/app');
    const migration = await one.target.migration();
    const { records } = await one.target.run('all', { target: root, migration, commit: { reportOf } });
    expect(records.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect(one.status()).toEqual(['?? other.md']);
  });

  test('in a further worktree', async () => {
    const one = new Repository();
    const place = path.join(temporaryFolder({}), 'tree');
    one.git('worktree', 'add', '-q', '-b', 'side', place);
    const { records } = await one.target.run('all', { target: place, commit: { reportOf } }).catch(async (error) => {
      // The run-time part is not installed there.
      execFileSync('ln', ['-s', path.join(one.top, 'node_modules'), path.join(place, 'node_modules')]);
      if (error.code !== 'PROXY_RUNTIME_MISSING') throw error;
      return one.target.run('all', { target: place, commit: { reportOf } });
    });
    expect(records).toHaveLength(3);
    expect(one.git('log', '--format=%s', 'side').trim().split('\n')).toHaveLength(4);
    expect(one.git('log', '--format=%s', 'main').trim()).toBe('before');
  });

  test('in a sparse checkout, files that are not there stay so', async () => {
    const one = new Repository({ 'docs/a.md': 'a\n' });
    one.git('sparse-checkout', 'set', '--no-cone', '/src/', '/test/', '/*.json', '/*.ts', '/.gitignore');
    expect(existsSync(path.join(one.top, 'docs/a.md'))).toBe(false);
    await one.target.run('all', { commit: { reportOf } });
    expect(one.status()).toEqual([]);
    expect(one.git('ls-tree', '-r', '--name-only', 'HEAD')).toContain('docs/a.md');
    expect(existsSync(path.join(one.top, 'docs/a.md'))).toBe(false);
  });

  test('a submodule is another repository, and left alone', async () => {
    const library = new Repository();
    const one = new Repository();
    one.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.top, 'vendor/library');
    one.git('commit', '-q', '-m', 'library');
    const { records } = await one.target.run('all', { commit: { reportOf } });
    const touched = records.flatMap(({ changes, outcomes }) => [
      ...changes.map(({ file }) => file),
      ...outcomes.map(({ usage }) => usage.place.file),
    ]);
    expect(touched.filter((file) => file.startsWith('vendor/'))).toEqual([]);
    expect(one.status()).toEqual([]);
  });
});

describe('rollback of a committed phase', () => {
  test('takes its commit back with another one, and HEAD is as before', async () => {
    const one = new Repository();
    await one.target.run('all', { commit: { reportOf } });
    const reverted = one.undo('tests');
    expect(reverted).toEqual({ commit: one.git('rev-parse', 'HEAD').trim() });
    expect(one.git('log', '-1', '--format=%s')).toMatch(/^Revert "reroute: .*, tests: /);
    expect(one.git('diff', 'HEAD~2', 'HEAD')).toBe('');
    one.undo('production');
    one.undo('consolidate');
    expect(one.git('diff', one.git('log', '--reverse', '--format=%H').split('\n')[0]!, 'HEAD')).toBe('');
    expect(one.status()).toEqual([]);
  });

  test('restores the files and commits nothing when git has other changes of them', async () => {
    const one = new Repository();
    const [record] = (await one.target.run(['consolidate'], { commit: { reportOf } })).records;
    const { file } = record!.changes[0]!;
    const text = one.target.read(file);
    one.target.write({ [file]: `${text}// theirs\n` });
    one.git('commit', '-q', '-a', '-m', 'theirs');
    one.target.write({ [file]: text });
    expect(one.undo('consolidate')).toEqual({ kept: `git has other changes of ${file}` });
    expect(one.git('log', '-1', '--format=%s').trim()).toBe('theirs');
    expect(one.target.read(file)).not.toContain('@generated');
  });

  test('a phase that was not committed has no commit to take back', async () => {
    const one = new Repository();
    await one.target.run(['consolidate']);
    expect(one.undo('consolidate')).toBeUndefined();
    expect(one.status()).toEqual([]);
  });
});
