import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FleetQueue, QUEUE_STATES } from '../../src/fleet/queue/fleet-queue.ts';
import { openRedis } from '../../src/fleet/queue/redis.ts';
import { loadManifest } from '../../src/manifest/load.ts';
import { FILES, MANIFEST, makeFolder } from '../cli/small-target.ts';
import { RedisServer } from './redis.ts';

const command = path.resolve(import.meta.dirname, '../../dist/src/cli/main.js');
/** In a whole run 200; fewer here, because each is a run with a compiler. */
const TARGETS = Number(process.env.REROUTE_FLEET ?? 40);
const GATED = MANIFEST.replace("gates: ['types']", "gates: ['types', 'node gate.mjs']");

let root: string;
let server: RedisServer;
beforeAll(async () => {
  server = await RedisServer.start(makeFolder());
});
afterAll(() => server.kill());
let queue: string;
beforeEach(() => {
  queue = `test-${Math.random().toString(36).slice(2)}`;
  root = makeFolder({
    'reroute.config.ts': MANIFEST,
    'fleet.json': '{ "manifest": "reroute.config.ts", "targets": ["apps/*"] }',
  });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}

function target(name: string, files: Readonly<Record<string, string>> = {}): void {
  write(Object.fromEntries(Object.entries({ ...FILES, ...files }).map(([file, text]) => [`${name}/${file}`, text])));
}

function repository(name: string): string {
  target(name, { '.gitignore': 'node_modules\n' });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: path.join(root, name), stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@example.org');
  git('add', '-A');
  git('commit', '-q', '-m', 'before');
  return pathToFileURL(path.join(root, name)).href;
}

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

function start(args: readonly string[], node: readonly string[] = [], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [...node, command, 'fleet', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1', ...env },
    // A group of its own, so that all of it can be killed at once.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function fleet(args: string, node: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const child = start(args.split(' '), node, { REROUTE_REDIS: server.url, ...env });
  const said = { stdout: '', stderr: '' };
  child.stdout!.on('data', (chunk) => (said.stdout += chunk));
  child.stderr!.on('data', (chunk) => (said.stderr += chunk));
  const [status] = await once(child, 'close');
  return { status, ...said };
}

const enqueue = (rest = '') => fleet(`enqueue production --queue ${queue} ${rest}`.trim());
const WORK = 'work --config reroute.config.ts --until-empty --lock 2';
const work = () => fleet(`${WORK} --queue ${queue}`);
const status = async () => {
  const { stdout, status } = await fleet(`status --json --queue ${queue}`);
  const { targets } = JSON.parse(stdout);
  return { status, targets };
};

describe('a queue', () => {
  test('takes a target once, however often it is put there; every one ends in one state, its report is pushed back', async () => {
    for (const name of ['a', 'b']) target(`apps/${name}`);
    target('apps/gone', { 'tsconfig.json': '{' });
    target('apps/none', { 'src/app.ts': 'export {};\n' });
    expect((await enqueue()).stdout).toContain('4 targets  4 put into the queue, 0 there already');
    expect((await enqueue()).stdout).toContain('4 targets  0 put into the queue, 4 there already');
    expect((await status()).targets.map(({ state }: { state: string }) => state)).toEqual(Array(4).fill('waiting'));
    expect(await work()).toMatchObject({ status: 0, stderr: '' });
    const told = await fleet(`status --queue ${queue} --reports out`);
    expect(told.status).toBe(1);
    expect(told.stdout).toMatch(/^done {6} apps\/a {2}production: 1 file, 1 for review, /m);
    expect(told.stdout).toMatch(/^error {5} apps\/gone {2}production: COMPILER_BAD_CONFIG: /m);
    expect(told.stdout).toMatch(/^no change {2}apps\/none {2}production: /m);
    expect(told.stdout).toContain('4 targets  0 waiting, 0 working, 2 done, 1 no change, 0 failed, 1 error');
    const report = JSON.parse(read('out/apps/a/production.json'));
    expect(report.format).toBe('reroute-report');
    expect(report.phases[0].files.map(({ file }: { file: string }) => file)).toEqual(['src/app.ts']);
    expect(read('apps/b/src/app.ts')).toContain('router.addHandler(');
    // What failed goes back when it is asked for, and the others do not.
    write({ 'apps/gone/tsconfig.json': FILES['tsconfig.json']! });
    expect((await enqueue('--again')).stdout).toContain('1 put into the queue, 3 there already');
    await work();
    expect((await status()).status).toBe(0);
  });

  test('tries again what is not the target’s fault, and a failed gate never', async () => {
    write({ 'reroute.config.ts': GATED });
    target('apps/gate', { 'gate.mjs': 'process.exit(3);\n' });
    const url = pathToFileURL(path.join(root, 'origins/none')).href;
    write({ 'fleet.json': JSON.stringify({ manifest: 'reroute.config.ts', targets: ['apps/*', url] }) });
    await enqueue('--tries 3 --backoff 0.1');
    await work();
    const { targets } = await status();
    expect(targets).toMatchObject([
      { name: 'apps/gate', state: 'failed', starts: 1 },
      { name: 'none', state: 'error', starts: 3, answer: { error: { code: 'FLEET_CLONE' } } },
    ]);
    expect(read('apps/gate/src/app.ts')).toBe(FILES['src/app.ts']);
  });

  test('clones below the work folder and commits on a branch; a second take tells of the same commit', async () => {
    const url = repository('origins/one');
    write({ 'fleet.json': JSON.stringify({ manifest: 'reroute.config.ts', targets: [url] }) });
    write({ 'home/.gitconfig': '[user]\n\tname = Test\n\temail = test@example.org\n' });
    const home = { HOME: path.join(root, 'home') };
    expect((await enqueue('--commit --branch reroute/one')).status).toBe(0);
    await fleet(`${WORK} --queue ${queue}`, [], home);
    const [first] = (await status()).targets;
    expect(first).toMatchObject({ name: 'one', state: 'done', answer: { commits: { branch: 'reroute/one' } } });
    expect(read('one/src/app.ts')).toContain('addHandler');
    expect(read('origins/one/src/app.ts')).toBe(FILES['src/app.ts']);
    // Under another name of the queue the same job is taken again, by a worker that knows nothing of the first.
    queue = `${queue}-again`;
    await enqueue('--commit --branch reroute/one');
    await fleet(`${WORK} --queue ${queue}`, [], home);
    const [second] = (await status()).targets;
    const { seconds: _, ...facts } = first.answer;
    expect(second.answer).toMatchObject(facts);
  });
});

/** Passes as soon as somebody says so. */
const PATIENT = `import { existsSync, writeFileSync } from 'node:fs';
writeFileSync('begun', '');
while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 50));
`;

describe('a job that is under way', () => {
  test('goes back when its worker is told to stop, and the target is as it was', async () => {
    write({ 'reroute.config.ts': GATED });
    target('apps/a', { 'gate.mjs': PATIENT });
    await enqueue();
    const args = ['work', '--config', 'reroute.config.ts', '--redis', server.url, '--queue', queue];
    const worker = start(args);
    worker.stdout!.resume();
    worker.stderr!.resume();
    await expect.poll(() => existsSync(path.join(root, 'apps/a/begun')), { timeout: 120_000 }).toBe(true);
    expect((await status()).targets).toMatchObject([{ state: 'working' }]);
    const ended = once(worker, 'exit');
    worker.kill('SIGTERM');
    await ended;
    expect((await status()).targets).toMatchObject([{ state: 'waiting', starts: 1 }]);
    expect(read('apps/a/src/app.ts')).toBe(FILES['src/app.ts']);
    write({ 'apps/a/go': '' });
    await work();
    expect((await status()).targets).toMatchObject([{ state: 'done', starts: 2 }]);
  });

  test('waits while another command works on its target, and tells then what that did', async () => {
    write({ 'reroute.config.ts': GATED });
    target('apps/a', { 'gate.mjs': PATIENT });
    const other = spawn(process.execPath, [command, 'run', 'production', 'apps/a', '--config', 'reroute.config.ts'], {
      cwd: root,
      stdio: 'ignore',
    });
    const ended = once(other, 'exit');
    await expect.poll(() => existsSync(path.join(root, 'apps/a/begun')), { timeout: 120_000 }).toBe(true);
    await enqueue('--tries 1');
    const working = work();
    await expect.poll(async () => (await status()).targets[0].starts, { timeout: 120_000 }).toBeGreaterThan(1);
    write({ 'apps/a/go': '' });
    expect(await ended).toEqual([expect.anything(), null]);
    await working;
    expect((await status()).targets).toMatchObject([{ state: 'done', answer: { phases: [{ files: 1, review: 1 }] } }]);
  });
});

describe('a job that somebody else put there', () => {
  test('cannot leave the work folder, hide an option, name a program or bring another manifest', async () => {
    target('outside');
    target('below/apps/a');
    symlinkSync(path.join(root, 'outside'), path.join(root, 'below/link'));
    const elsewhere = repository('origin');
    const { hash } = await loadManifest(path.join(root, 'reroute.config.ts'));
    const sound = { version: 1, manifest: hash, phase: 'production', dryRun: false, allowDirty: false, commit: false };
    const jobs: Readonly<Record<string, object>> = {
      sound: { ...sound, source: { path: 'apps/a' } },
      up: { ...sound, source: { path: '../outside' } },
      absolute: { ...sound, source: { path: path.join(root, 'outside') } },
      link: { ...sound, source: { path: 'link' } },
      option: { ...sound, source: { git: '--upload-pack=touch ran' } },
      program: { ...sound, source: { git: 'ext::touch ran' } },
      host: { ...sound, source: { git: 'ssh://-oProxyCommand=touch%20ran/x' } },
      file: { ...sound, source: { git: elsewhere } },
      ref: { ...sound, source: { git: 'https://127.0.0.1:1/x.git', ref: '--config=core.hooksPath=x' } },
      branch: { ...sound, source: { path: 'apps/a' }, branch: '--orphan' },
      manifest: { ...sound, source: { path: 'apps/a' }, manifest: '0123456789ab' },
      config: { ...sound, source: { path: 'apps/a' }, config: path.join(root, 'outside/reroute.config.ts') },
      '../name': { ...sound, source: { git: 'https://127.0.0.1:1/x.git' } },
    };
    const connection = new Redis(server.url, { maxRetriesPerRequest: null });
    const raw = new Queue(queue, { connection });
    await raw.addBulk(
      Object.entries(jobs).map(([name, job]) => ({ name: 'target', data: { ...job, name }, opts: { jobId: name } })),
    );
    await raw.add('target', 'no object at all', { jobId: 'text' });
    await fleet(`${WORK} --work below --queue ${queue}`);
    const { targets } = await status();
    await raw.close();
    connection.disconnect();
    const codes = targets.map(({ id, state, answer }: { id: string; state: string; answer?: { error?: object } }) => [
      id,
      state,
      (answer?.error as { code?: string })?.code,
    ]);
    expect(Object.fromEntries(codes.map(([id, ...rest]: string[]) => [id, rest]))).toEqual({
      sound: ['done', undefined],
      up: ['error', 'FLEET_BAD_JOB'],
      absolute: ['error', 'FLEET_BAD_JOB'],
      link: ['error', 'FLEET_OUTSIDE_WORK'],
      option: ['error', 'FLEET_BAD_JOB'],
      program: ['error', 'FLEET_BAD_JOB'],
      host: ['error', 'FLEET_BAD_JOB'],
      file: ['error', 'FLEET_OUTSIDE_WORK'],
      ref: ['error', 'FLEET_BAD_JOB'],
      branch: ['error', 'FLEET_BAD_JOB'],
      manifest: ['error', 'FLEET_OTHER_MANIFEST'],
      config: ['error', 'FLEET_BAD_JOB'],
      '../name': ['error', 'FLEET_BAD_JOB'],
      text: ['error', 'FLEET_BAD_JOB'],
    });
    expect(read('outside/src/app.ts')).toBe(FILES['src/app.ts']);
    expect(existsSync(path.join(root, 'outside/.reroute'))).toBe(false);
    expect(readdirSync(root, { recursive: true }).filter((file) => path.basename(`${file}`) === 'ran')).toEqual([]);
  });
});

describe('bad input', () => {
  test.each([
    ['enqueue production', { REROUTE_REDIS: 'http://127.0.0.1' }, 'FLEET_BAD_REDIS'],
    ['enqueue production --redis redis://127.0.0.1:1', {}, 'No Redis answers at 127.0.0.1:1'],
    ['enqueue nothing', {}, 'no phase "nothing"'],
    ['enqueue', {}, 'Which phase?'],
    ['enqueue production --work origins', {}, 'FLEET_OUTSIDE_WORK'],
    ['work', {}, 'Which manifest?'],
    ['work --config reroute.config.ts --jobs 0', {}, '--jobs 0'],
    ['status --queue a:b', {}, '--queue a:b'],
  ])('%s', async (args, env, message) => {
    target('apps/a');
    mkdirSync(path.join(root, 'origins'));
    expect(await fleet(args, [], env)).toMatchObject({ status: 2, stderr: expect.stringContaining(message) });
  });

  test('without the engine the error says how to install it', async () => {
    const hook = `export async function resolve(name, context, next) {
      if (name !== 'bullmq') return next(name, context);
      throw Object.assign(new Error("Cannot find package 'bullmq'"), { code: 'ERR_MODULE_NOT_FOUND' });
    }`;
    write({
      'hook.mjs': hook,
      'hide.mjs': "import { register } from 'node:module';\nregister('./hook.mjs', import.meta.url);\n",
    });
    const { peerDependencies } = JSON.parse(
      readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'),
    );
    const { bullmq, ioredis } = peerDependencies;
    expect(await fleet('status', ['--import', pathToFileURL(path.join(root, 'hide.mjs')).href])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`npm install bullmq@${bullmq} ioredis@${ioredis}`),
    });
  });
});

/** The same numbers from the same seed. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('workers that are killed', () => {
  const seed = Number(process.env.REROUTE_SEED ?? Date.now() % 1_000_000);

  test(`${TARGETS} targets, three workers killed at random times, Redis once: each target in one state, its files migrated (seed ${seed})`, async () => {
    const next = random(seed);
    const names = Array.from({ length: TARGETS }, (_, i) => `apps/t${String(i).padStart(3, '0')}`);
    const marked = (name: string, text: string) => text.replace('// kept', `// ${name}`);
    const expected = new Map<string, string>();
    for (const [i, name] of names.entries()) {
      if (i % 10 === 7) target(name, { 'src/app.ts': `export const own = '${name}';\n` });
      else if (i % 10 === 9) target(name, { 'src/app.ts': marked(name, FILES['src/app.ts']!), 'tsconfig.json': '{' });
      else target(name, { 'src/app.ts': marked(name, FILES['src/app.ts']!) });
    }
    // What one run makes of a target, without any queue.
    target('reference');
    execFileSync(process.execPath, [command, 'run', 'production', 'reference', '--config', 'reroute.config.ts'], {
      cwd: root,
    });
    const migrated = read('reference/src/app.ts');
    expect(migrated).toContain('router.addHandler(');
    for (const [i, name] of names.entries()) {
      expected.set(name, i % 10 === 7 || i % 10 === 9 ? read(`${name}/src/app.ts`) : marked(name, migrated));
    }
    expect((await enqueue()).stdout).toContain(`${TARGETS} put into the queue`);

    const redis = await openRedis(server.url);
    const jobs = new FleetQueue(redis, queue);
    const begin = () => {
      const child = start([...WORK.split(' '), '--stalls', '50', '--queue', queue], [], { REROUTE_REDIS: server.url });
      child.stdout!.resume();
      child.stderr!.resume();
      return child;
    };
    const workers = [begin(), begin(), begin()];
    let kills = 0;
    let hasCut = false;
    let ended = 0;
    const enough = Math.max(6, Math.round(TARGETS / 6));
    while (ended < TARGETS) {
      await sleep(100 + next() * 1500);
      const rows = await jobs.rows();
      // At every moment each target is there once, in a state that is known.
      expect(rows.map(({ name }) => name)).toEqual(names);
      for (const { state } of rows) expect(QUEUE_STATES).toContain(state);
      ended = rows.filter(({ state }) => state !== 'waiting' && state !== 'working').length;
      if (!hasCut && ended >= TARGETS / 3) {
        hasCut = true;
        await server.kill();
        await sleep(500);
        await server.start();
      }
      // Spread over the whole, however fast the machine is.
      if (kills < enough && ended < TARGETS && ended >= (kills * TARGETS) / (enough + 1)) {
        const one = Math.floor(next() * workers.length);
        const worker = workers[one]!;
        if (worker.exitCode !== null) continue;
        const gone = once(worker, 'exit');
        // All of its processes, or only the one that holds the job.
        process.kill(next() < 0.5 ? -worker.pid! : worker.pid!, 'SIGKILL');
        await gone;
        kills++;
        workers[one] = begin();
      }
    }
    await Promise.all(workers.map((worker) => (worker.exitCode === null ? once(worker, 'exit') : undefined)));
    const rows = await jobs.rows();
    await jobs.close();
    redis.close();
    expect(hasCut).toBe(true);
    expect(kills).toBeGreaterThan(enough / 2);
    const states = rows.map(({ name, state }) => [name, state]);
    const wanted = names.map((name, i) => [name, i % 10 === 7 ? 'nochange' : i % 10 === 9 ? 'error' : 'done']);
    expect(states).toEqual(wanted);
    for (const { state, answer } of rows) {
      if (state === 'done') expect(answer?.phases).toMatchObject([{ phase: 'production', files: 1, review: 1 }]);
      if (state === 'error') expect(answer?.error?.code).toBe('COMPILER_BAD_CONFIG');
    }
    for (const name of names) {
      expect(read(`${name}/src/app.ts`)).toBe(expected.get(name));
      for (const file of ['src/router.ts', 'src/legacy/router.ts', 'src/queue.ts', 'package.json'])
        expect(read(`${name}/${file}`)).toBe(FILES[file]);
    }
    console.log(
      `${TARGETS} targets, ${kills} workers killed, jobs taken again: ${rows.filter(({ starts }) => starts > 1).length}`,
    );
  }, 3_600_000);
});
