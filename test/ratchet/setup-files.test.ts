import { describe, expect, test } from 'vitest';
import { IDS, NODE_TEST, RatchetTarget, VITEST } from './ratchet-target.ts';

const baseline = (uses: object) => JSON.stringify({ reroute: 1, uses });

describe('reroute/deprecation/vitest', () => {
  const CONFIG = { 'vitest.config.ts': "export default { test: { setupFiles: ['reroute/deprecation/vitest'] } };\n" };
  // Types above the call: the line in the source is another than in what vitest makes of it.
  const OWN_USE = `import { expect, test } from 'vitest';
import { Router } from '../src/legacy/router.js';

interface Sized {
  readonly size: number;
}

test('is sized', () => {
  const sized: Sized = { size: new Router().get_size() };
  expect(sized.size).toBe(0);
});
`;
  const APP = `import { expect, test } from 'vitest';
import { start } from '../src/app.js';

test('starts', () => {
  for (let n = 0; n < 200; n++) start();
  expect(start().handlers).toHaveLength(1);
});
`;

  test('fails the test file with a use that is not accepted, and says where, what to write and how to accept it', async () => {
    const target = await RatchetTarget.make({
      ...CONFIG,
      'test/own.test.ts': OWN_USE,
      'test/app.test.ts': APP,
      'reroute-baseline.json': baseline({ [IDS.register]: ['src/app.js'] }),
    });
    const { exit, stdout, stderr } = await target.run(...VITEST);
    expect(exit).toBe(1);
    expect(stdout).toContain('2 passed');
    expect(stdout).toMatch(/Test Files.*1 failed.*1 passed/);
    expect(stderr).toContain('FAIL  test/own.test.ts');
    expect(stderr).toContain(`test/own.test.ts:9:45  write size\n    ${IDS.size}`);
    expect(stderr).toContain('npx reroute verify --update -- npx vitest run');
    expect(stderr).not.toContain(`    ${IDS.register}`);

    target.write(
      'reroute-baseline.json',
      baseline({ [IDS.register]: ['src/app.js'], [IDS.size]: ['test/own.test.ts'] }),
    );
    expect((await target.run(...VITEST)).exit).toBe(0);
  });

  test('sees a use after 64 others at one place, and each file’s own when all share one process', async () => {
    const target = await RatchetTarget.make({
      'vitest.config.ts':
        "export default { test: { setupFiles: ['reroute/deprecation/vitest'], isolate: false, fileParallelism: false, maxWorkers: 1 } };\n",
      'test/a.test.ts': `${APP}\ntest('late', () => {\n  const router = start();\n  for (let n = 0; n < 70; n++) router.register_handler(() => {});\n  router.register_handler(() => {});\n});\n`,
      'test/b.test.ts': OWN_USE,
    });
    const { exit, stderr } = await target.run(...VITEST);
    expect(exit).toBe(1);
    expect(stderr).toContain('FAIL  test/a.test.ts');
    expect(stderr).toContain('FAIL  test/b.test.ts');
    expect(stderr).toContain('src/app.js:5:10');
    expect(stderr).toContain('test/a.test.ts:12:10');
    expect(stderr.split(IDS.size)).toHaveLength(2);
  });

  test('says so when the baseline cannot be read', async () => {
    const target = await RatchetTarget.make({
      ...CONFIG,
      'test/app.test.ts': APP,
      'reroute-baseline.json': '{ "reroute": 1, "uses": { "x": 1 } }',
    });
    const { exit, stderr } = await target.run(...VITEST);
    expect(exit).toBe(1);
    expect(stderr).toContain('the files of x are no list of texts');
  });
});

describe('reroute/deprecation/node-test', () => {
  const TESTS = {
    'test/own.test.mjs': `import test from 'node:test';
import { Router } from '../src/legacy/router.js';

test('is sized', () => {
  new Router().get_size();
});
`,
    'test/app.test.mjs': `import test from 'node:test';
import { start } from '../src/app.js';

test('starts', () => {
  start();
});
`,
  };

  test('fails the test file with a use that is not accepted, and says where, what to write and how to accept it', async () => {
    const target = await RatchetTarget.make({
      ...TESTS,
      'reroute-baseline.json': baseline({ [IDS.register]: ['src/app.js'] }),
    });
    const { exit, stdout, stderr } = await target.run(...NODE_TEST);
    expect(exit).toBe(1);
    expect(stdout).toMatch(/# pass [12]\n# fail 1|pass [12]\n. fail 1/);
    expect(stdout + stderr).toContain('test/own.test.mjs:5:16  write size');
    expect(stdout + stderr).toContain(
      'npx reroute verify --update -- node --import reroute/deprecation/node-test --test',
    );
    expect(stdout + stderr).not.toContain(`    ${IDS.register}`);

    target.write(
      'reroute-baseline.json',
      baseline({ [IDS.register]: ['src/app.js'], [IDS.size]: ['test/own.test.mjs'] }),
    );
    expect((await target.run(...NODE_TEST)).exit).toBe(0);
  });

  test('without --test it fails the process that has the use', async () => {
    const target = await RatchetTarget.make(TESTS);
    const ran = await target.run('node', '--import', 'reroute/deprecation/node-test', 'test/app.test.mjs');
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain(`and there is no reroute-baseline.json:\n  src/app.js:5:10  write addHandler`);
  });
});
