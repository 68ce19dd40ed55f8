import { describe, expect, test } from 'vitest';
import { Application } from './application.ts';

// Source of what each flag means: https://nodejs.org/api/cli.html
const APP = `import { usage } from 'reroute/deprecation';
import { old } from './core/old.js';
try {
  for (let i = 0; i < 3; i++) old(i);
} catch (error) {
  console.log('thrown where the call is:', error.name, error.code, error.id);
}
await new Promise((resolve) => setTimeout(resolve, 5));
console.log(usage().deprecations[0].count);
`;

const proxyIn = (phase: string) =>
  `import { deprecate } from 'reroute/deprecation';
const notice = deprecate({ id: 'src/core/old.js#old', name: 'old', replacement: 'fresh(a)', code: 'REROUTE_TEST_1', phase: '${phase}' });
export function old(a) { if (++notice.calls >= notice.next) notice.look(); return a; }
`;

const app = new Application({ 'app.js': APP });
const pending = new Application({ 'app.js': APP, 'core/old.js': proxyIn('pending') });
const error = new Application({ 'app.js': APP, 'core/old.js': proxyIn('error') });
const THROWN = 'thrown where the call is: DeprecationWarning REROUTE_TEST_1 src/core/old.js#old\n1\n';

test('without a flag the call site is warned about once, and all calls are counted', () => {
  expect(app.run('app.js')).toMatchObject({ status: 0, stdout: '3\n', warnings: 1 });
});

describe.each([['on the command line'], ['in NODE_OPTIONS']])('%s', (where) => {
  const run = (application: Application, flag: string) =>
    application.run('app.js', where.includes('NODE_OPTIONS') ? { env: { NODE_OPTIONS: flag } } : { flags: [flag] });

  test.each([
    ['--no-deprecation'],
    ['--disable-warning=REROUTE_TEST_1'],
    ['--disable-warning=DeprecationWarning'],
    ['--no-warnings'],
  ])('%s mutes, and never stops counting', (flag) => {
    expect(run(app, flag)).toMatchObject({ status: 0, stdout: '3\n', stderr: '' });
  });

  test('--disable-warning with the code of another mutes nothing', () => {
    expect(run(app, '--disable-warning=REROUTE_TEST_2')).toMatchObject({ warnings: 1 });
  });

  test('--throw-deprecation throws at the call, not a tick later', () => {
    expect(run(app, '--throw-deprecation')).toMatchObject({ status: 0, stdout: THROWN, stderr: '' });
  });

  test('--trace-deprecation shows the stack of the caller, without the run-time part', () => {
    const { stderr } = run(app, '--trace-deprecation');
    expect(stderr).toContain('app.js:4:31');
    expect(stderr).not.toContain('deprecate.js');
  });

  test('--pending-deprecation is what a pending one waits for', () => {
    expect(pending.run('app.js')).toMatchObject({ stdout: '3\n', stderr: '' });
    expect(run(pending, '--pending-deprecation')).toMatchObject({ stdout: '3\n', warnings: 1 });
  });
});

test('NODE_PENDING_DEPRECATION=1 is the flag, too', () => {
  expect(pending.run('app.js', { env: { NODE_PENDING_DEPRECATION: '1' } })).toMatchObject({ warnings: 1 });
});

test('phase error throws at the call, and --no-deprecation mutes that as well', () => {
  expect(error.run('app.js')).toMatchObject({ status: 0, stdout: THROWN, stderr: '' });
  expect(error.run('app.js', { flags: ['--no-deprecation'] })).toMatchObject({ stdout: '3\n', stderr: '' });
});

test('process.noDeprecation and process.throwDeprecation count when they are set while the program runs', () => {
  const late = new Application({
    'app.js': `import { old } from './core/old.js';
process.noDeprecation = true;
old(1);
process.noDeprecation = false;
process.throwDeprecation = true;
try { old(2); } catch ({ code }) { console.log(code); }
`,
  });
  expect(late.run('app.js')).toMatchObject({ status: 0, stdout: 'REROUTE_TEST_1\n', stderr: '' });
});
