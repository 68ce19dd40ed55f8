import { describe, expect, test } from 'vitest';
import { Application } from './application.ts';

const ran = (body: string, options = {}) =>
  new Application({
    'app.js': `import { configure, deprecate, silence, subscribe, usage } from 'reroute/deprecation';
import { old } from './core/old.js';
const notice = deprecate({ id: 'src/services/router.ts#Router.add_it', name: 'Router.add_it', replacement: 'add', code: 'REROUTE_TEST_2' });
function router() { if (++notice.calls >= notice.next) notice.look(); }
const attempt = (call) => { try { call(); return 'done'; } catch ({ name, message }) { return name + ': ' + message.split('\\n')[0]; } };
${body}`,
  }).run('app.js', options);

describe('the application says by pattern what is done', () => {
  test.each([
    ['core/*', 'a folder anywhere in the path'],
    ['src/core/*', 'the path from the root'],
    ['core/old', 'a module without its extension'],
    ['core/old.js', 'a module'],
    ['core/old.js#old', 'the id'],
    ['old', 'the name'],
    ['REROUTE_TEST_1', 'the code'],
  ])('%s (%s)', (pattern) => {
    const { stdout, warnings } = ran(
      `configure({ policy: { '${pattern}': 'throw' } });\nconsole.log(attempt(() => old(1)));\nconsole.log(attempt(router));\n`,
    );
    expect(stdout).toBe('DeprecationWarning: old is deprecated\ndone\n');
    expect(warnings).toBe(1);
  });

  test('a part of a folder, of a name, and dots that are not dots, do not fit', () => {
    const { stdout, warnings } = ran(
      "configure({ policy: { 'ore/*': 'throw', 'core/oldxjs': 'throw', 'ol': 'throw' } });\nconsole.log(attempt(() => old(1)));\n",
    );
    expect({ stdout, warnings }).toEqual({ stdout: 'done\n', warnings: 1 });
  });

  test('the first pattern that fits counts, and a later call comes before an earlier one', () => {
    const { stdout, stderr } = ran(`configure({ policy: { 'core/*': 'throw', '*': 'silence' } });
console.log(attempt(() => old(1)), attempt(router));
configure({ policy: { 'core/*': 'silence' } });
console.log(attempt(() => old(1)), usage().deprecations.map(({ count }) => count).join());
`);
    expect({ stdout, stderr }).toEqual({
      stdout: 'DeprecationWarning: old is deprecated done\ndone 2,1\n',
      stderr: '',
    });
  });

  test('a change counts from the next call on, however many there were', () => {
    const { stdout } = ran(`configure({ policy: { '*': 'silence' } });
for (let i = 0; i < 100_000; i++) old(i);
configure({ policy: { '*': 'throw' } });
console.log(attempt(() => old(1)), attempt(() => old(1)), usage().deprecations[0].count);
`);
    expect(stdout).toBe('DeprecationWarning: old is deprecated DeprecationWarning: old is deprecated 100002\n');
  });

  test('a policy that there is not is refused', () => {
    const { stdout } = ran("console.log(attempt(() => configure({ policy: { 'core/*': 'ignore' } })));\n");
    expect(stdout).toBe('TypeError: core/*=ignore: a policy is silence, warn or throw\n');
  });

  test('it comes before what Node was told', () => {
    const { stdout } = ran("configure({ policy: { old: 'throw' } });\nconsole.log(attempt(() => old(1)));\n", {
      flags: ['--no-deprecation'],
    });
    expect(stdout).toBe('DeprecationWarning: old is deprecated\n');
  });
});

describe('REROUTE_DEPRECATIONS', () => {
  const BODY = 'console.log(attempt(() => old(1)));\nconsole.log(attempt(router));\n';

  test('says the same from outside, after what the application says', () => {
    const env = { REROUTE_DEPRECATIONS: 'core/*=throw, *=silence' };
    expect(ran(BODY, { env })).toMatchObject({ stdout: 'DeprecationWarning: old is deprecated\ndone\n', stderr: '' });
    const { stdout } = ran(`configure({ policy: { old: 'silence' } });\n${BODY}`, { env });
    expect(stdout).toBe('done\ndone\n');
  });

  test('what cannot be understood counts for nothing, and the process starts', () => {
    const { status, warnings } = ran(BODY, { env: { REROUTE_DEPRECATIONS: '=,core/*,x=loud,=throw' } });
    expect({ status, warnings }).toEqual({ status: 0, warnings: 2 });
  });
});

describe('silence', () => {
  test('covers what is named inside, also what is awaited there, and nothing beside it', () => {
    const { stdout, stderr } = ran(`configure({ policy: { '*': 'throw' } });
const inside = silence('core/*', async () => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return [attempt(() => old(1)), attempt(router)].join();
});
console.log(attempt(() => old(1)));
console.log(await inside);
console.log(silence(['core/*', 'Router.add_it'], () => attempt(router)), usage().deprecations.map(({ count }) => count).join());
`);
    expect(stdout.split('\n')).toEqual([
      'DeprecationWarning: old is deprecated',
      'done,DeprecationWarning: Router.add_it is deprecated',
      'done 2,2',
      '',
    ]);
    expect(stderr).toBe('');
  });

  test('a silence in a silence covers both, and what is thrown inside comes out', () => {
    const { stdout } = ran(`configure({ policy: { '*': 'throw' } });
console.log(silence('core/*', () => silence('Router.add_it', () => attempt(() => old(1)) + attempt(router))));
console.log(attempt(() => silence('*', () => { throw new Error('mine'); })), attempt(() => old(1)));
`);
    expect(stdout).toBe('donedone\nError: mine DeprecationWarning: old is deprecated\n');
  });

  test('a call site that was silenced once is still warned about later', () => {
    const { warnings } = ran("const call = () => old(1);\nsilence('*', call);\ncall();\ncall();\n");
    expect(warnings).toBe(1);
  });
});

describe('subscribe', () => {
  test('a handler that comes late gets what came before, once for each call site', () => {
    const { stdout } = ran(`configure({ policy: { '*': 'silence' } });
for (let i = 0; i < 3; i++) old(i);
router();
const stop = subscribe(({ id, site, policy }) => console.log(id, site.replace(/.*\\//, ''), policy));
old(9);
stop();
old(10);
`);
    expect(stdout.split('\n')).toEqual([
      'src/core/old.js#old app.js:7:29 silence',
      'src/services/router.ts#Router.add_it app.js:8:1 silence',
      'src/core/old.js#old app.js:10:1 silence',
      '',
    ]);
  });

  test('what a handler throws does not reach who called', () => {
    const { status, stdout } = ran(
      "subscribe(() => { throw new Error('mine'); });\nconsole.log(attempt(() => old(1)));\n",
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'done\n' });
  });

  test('diagnostics_channel reroute:deprecation gets each', () => {
    const { stdout } = ran(`import channels from 'node:diagnostics_channel';
channels.subscribe('reroute:deprecation', ({ id, code }, name) => console.log(name, id, code));
old(1);
`);
    expect(stdout).toBe('reroute:deprecation src/core/old.js#old REROUTE_TEST_1\n');
  });
});
