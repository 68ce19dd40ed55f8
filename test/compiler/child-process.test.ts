import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeTarget, STRICT } from './target.ts';

const OPEN = pathToFileURL(path.resolve('src/compiler/open.ts')).href;
const JITI = pathToFileURL(path.resolve('node_modules/jiti/lib/jiti-register.mjs')).href;

/** Runs a script that opens a compiler and prints the compiler's process id; gives what became of both. */
async function run(script: string, whenOpen: (child: ChildProcess) => void = () => {}) {
  const target = makeTarget({ 'tsconfig.json': STRICT, 'src/a.ts': 'export const a = 1;' });
  target.write(
    'script.mts',
    `import { openCompiler, withCompiler } from ${JSON.stringify(OPEN)};
import { spawnSync } from 'node:child_process';
const options = { root: ${JSON.stringify(target.root)}, files: [${JSON.stringify(target.file('src/a.ts'))}] };
const children = () => spawnSync('pgrep', ['-P', String(process.pid), '-f', 'api'], { encoding: 'utf8' }).stdout
  .split('\\n').filter((line) => line !== '').map(Number);
${script}
`,
  );
  const node = spawn(process.execPath, ['--import', JITI, target.file('script.mts')], { cwd: process.cwd() });
  let out = '';
  let err = '';
  let told = false;
  node.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
    if (told || !out.includes('open')) return;
    told = true;
    whenOpen(node);
  });
  node.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((done) => {
    node.on('close', (...ended) => done(ended));
  });
  const pids = out.split('\n').flatMap((line) => (/^pid \d+$/.test(line) ? [Number(line.slice(4))] : []));
  return { code, signal, out, err, left: await stillThere(pids), pids };
}

/** Those that are still there after a while; a process ends shortly after its parent. */
async function stillThere(pids: readonly number[]): Promise<number[]> {
  const alive = () => pids.filter(isAlive);
  for (let turn = 0; turn < 100 && alive().length > 0; turn++) await new Promise((next) => setTimeout(next, 50));
  return alive();
}

/** A process that ended and that nobody asked about yet is a zombie (Z). */
function isAlive(pid: number): boolean {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  return state !== '' && !state.startsWith('Z');
}

const TELL = "for (const pid of children()) console.log('pid ' + pid);\nconsole.log('open');\n";

describe.skipIf(process.platform === 'win32')('no compiler process is left', () => {
  it('after close, and nothing is printed', async () => {
    // Many times: what the compiler prints when it gets a signal, it prints about every fourth time.
    const ended = await run(`for (let turn = 0; turn < 30; turn++) openCompiler(options).close();
const compiler = openCompiler(options);\n${TELL}compiler.close();`);
    expect(ended).toMatchObject({ code: 0, left: [], err: '' });
    expect(ended.pids.length).toBeGreaterThanOrEqual(1);
  });

  it('after close while the program goes on', async () => {
    const ended = await run(`const compiler = openCompiler(options);
${TELL}compiler.close();
for (let turn = 0; turn < 100 && children().length > 0; turn++) await new Promise((next) => setTimeout(next, 50));
console.log('children ' + children().length);`);
    expect(ended).toMatchObject({ code: 0, left: [], err: '' });
    expect(ended.out).toContain('children 0');
  });

  it('when an error ends the program without a close', async () => {
    const ended = await run(`openCompiler(options);\n${TELL}throw new Error('on purpose');`);
    expect(ended.pids).toHaveLength(1);
    expect(ended).toMatchObject({ code: 1, left: [] });
  });

  it('when the use of it throws', async () => {
    const ended = await run(`await withCompiler(options, () => {\n${TELL}throw new Error('on purpose'); });`);
    expect(ended.pids).toHaveLength(1);
    expect(ended).toMatchObject({ code: 1, left: [] });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('after %s', async (signal) => {
    const ended = await run(`openCompiler(options);\n${TELL}setInterval(() => {}, 1000);`, (node) => node.kill(signal));
    expect(ended.pids).toHaveLength(1);
    expect(ended).toMatchObject({ signal, left: [] });
  });

  it('when opening fails', async () => {
    const ended = await run(`import { writeFileSync } from 'node:fs';
writeFileSync(options.root + '/tsconfig.json', '{');
try { openCompiler(options); } catch (error) { console.log(error.code); }
for (let turn = 0; turn < 100 && children().length > 0; turn++) await new Promise((next) => setTimeout(next, 50));
console.log('children ' + children().length);`);
    expect(ended.out).toContain('COMPILER_BAD_CONFIG');
    expect(ended.out).toContain('children 0');
  });
});
