import { describe, expect, test } from 'vitest';
import { IDS, NODE_TEST, RatchetTarget, VITEST } from './ratchet-target.ts';

const NODE_SUITE = {
  'test/app.test.mjs': `import test from 'node:test';
import { start } from '../src/app.js';

test('starts', () => {
  start();
});
`,
};
const VITEST_SUITE = {
  'vitest.config.ts': "export default { test: { setupFiles: ['reroute/deprecation/vitest'] } };\n",
  'test/app.test.ts': `import { expect, test } from 'vitest';
import { start } from '../src/app.js';

test('starts', () => {
  expect(start().get_size()).toBe(1);
});
`,
};

describe('reroute verify', () => {
  test('accepts what there is, then fails on a new use and on a vanished one until it is struck out', async () => {
    const target = await RatchetTarget.make(NODE_SUITE);
    const fresh = await target.reroute('verify', '--', ...NODE_TEST);
    expect(fresh).toMatchObject({ exit: 1, stderr: '' });
    expect(fresh.stdout).toContain(`src/app.js:5:10  write addHandler\n    ${IDS.register}`);
    expect(fresh.stdout).toContain('reroute verify --update -- ');
    expect(target.baseline()).toBeUndefined();

    expect(await target.reroute('verify', '--update', '--', ...NODE_TEST)).toMatchObject({ exit: 0, stderr: '' });
    expect(target.baseline()).toEqual({ [IDS.register]: ['src/app.js'] });
    const clean = await target.reroute('verify', '--', ...NODE_TEST);
    expect(clean).toMatchObject({ exit: 0, stderr: '' });

    target.write('src/app.js', "import { Router } from './router.js';\nexport const start = () => new Router();\n");
    target.write(
      'test/other.test.mjs',
      "import { Router } from '../src/legacy/router.js';\n\nnew Router().get_size();\n",
    );
    const both = await target.reroute('verify', '--json', '--', ...NODE_TEST);
    expect(both.exit).toBe(1);
    expect(JSON.parse(both.stdout).targets[0]).toMatchObject({
      command: { passed: true },
      fresh: [{ id: IDS.size, file: 'test/other.test.mjs', replacement: 'size', positions: ['3:14'] }],
      vanished: [{ id: IDS.register, file: 'src/app.js' }],
      updated: false,
    });

    const updated = await target.reroute('verify', '--update', '--', ...NODE_TEST);
    expect(updated.exit).toBe(0);
    expect(updated.stdout).toMatch(/Accepted:\n {2}test\/other[\s\S]*Struck out:\n {2}src\/app\.js/);
    expect(target.baseline()).toEqual({ [IDS.size]: ['test/other.test.mjs'] });
  });

  test('does not judge what vanished, and updates nothing, when the tests fail', async () => {
    const target = await RatchetTarget.make({
      ...NODE_SUITE,
      'test/broken.test.mjs': "throw new Error('the suite is broken');\n",
      'reroute-baseline.json': JSON.stringify({ reroute: 1, uses: { [IDS.size]: ['src/app.js'] } }),
    });
    const ran = await target.reroute('verify', '--update', '--', ...NODE_TEST);
    expect(ran.exit).toBe(1);
    expect(ran.stdout).toContain('the suite is broken');
    expect(ran.stdout).toContain('The baseline is not updated.');
    expect(ran.stdout).not.toContain('Vanished');
    expect(target.baseline()).toEqual({ [IDS.size]: ['src/app.js'] });
  });

  test('does not take silence for absence: tests without the setup file are an error', async () => {
    const target = await RatchetTarget.make(NODE_SUITE);
    const ran = await target.reroute('verify', '--', 'node', '--test');
    expect(ran.exit).toBe(2);
    expect(ran.stderr).toContain('VERIFY_NOTHING_TOLD');
    expect(ran.stderr).toContain('reroute/deprecation/node-test');
  });

  test('collects what vitest’s workers see; options behind -- are the command’s own', async () => {
    const target = await RatchetTarget.make(VITEST_SUITE);
    const ran = await target.reroute('verify', '.', '--update', '--', ...VITEST, '--reporter=dot', '--no-color');
    expect(ran).toMatchObject({ exit: 0, stderr: '' });
    expect(target.baseline()).toEqual({
      [IDS.size]: ['test/app.test.ts'],
      [IDS.register]: ['src/app.js'],
    });
    expect((await target.reroute('verify', '--', ...VITEST)).exit).toBe(0);
  });

  test('asks for a command, and says what a wrong one is', async () => {
    const target = await RatchetTarget.make(NODE_SUITE);
    expect(await target.reroute('verify')).toMatchObject({ exit: 2 });
    const ran = await target.reroute('verify', '--', 'no-such-program');
    expect(ran.exit).toBe(1);
    expect(ran.stdout).toContain('there is no command no-such-program');
  });
});
