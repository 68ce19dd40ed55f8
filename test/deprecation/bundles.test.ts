import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, launch } from '../report/browser.ts';
import { Application } from './application.ts';

/** What a bundler makes of an entry for browsers, minified. */
async function bundle(entry: string, format: 'esm' | 'iife' = 'esm'): Promise<string> {
  const application = new Application({ 'entry.js': entry });
  const built = await rolldown({ input: `${application.root}/entry.js`, platform: 'browser', cwd: application.root });
  const { output } = await built.generate({ minify: true, format });
  await built.close();
  return output[0].code;
}

const zipped = (code: string) => gzipSync(code, { level: 9 }).length;

test('all of it is at most 2.5 KB, minified and gzipped, and asks for nothing of Node', async () => {
  const code = await bundle("export * from 'reroute/deprecation';\n");
  expect(zipped(code)).toBeLessThanOrEqual(2560);
  expect(code).not.toMatch(/\bprocess\b|\.env\b|getBuiltinModule/);
});

test('what is not imported is not in it', async () => {
  const all = await bundle("export * from 'reroute/deprecation';\n");
  const proxy = await bundle("export { deprecate, installMembers } from 'reroute/deprecation';\n");
  const adapter = await bundle("export { adoptInstances } from 'reroute/deprecation';\n");
  expect(proxy).not.toMatch(/firstSeen|a policy is/);
  expect(zipped(proxy)).toBeLessThan(0.8 * zipped(all));
  expect(zipped(adapter)).toBeLessThan(0.1 * zipped(all));
  expect((await bundle("import 'reroute/deprecation';\n")).trim()).toBe('');
});

describe('in a browser, under a strict content security policy', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  test('a call warns on the console with its place, and is counted', async () => {
    const code = await bundle(
      `import { configure, deprecate, silence, subscribe, usage } from 'reroute/deprecation';
const notice = deprecate({ id: 'src/core/old.js#old', name: 'old', replacement: 'fresh(a)', code: 'REROUTE_TEST_1' });
function old(a) { if (++notice.calls >= notice.next) notice.look(); return a; }
const seen = [];
const said = [];
console.warn = (text) => said.push(text);
subscribe(({ site }) => seen.push(site));
for (let i = 0; i < 3; i++) old(i);
silence('old', () => old(4));
configure({ policy: { old: 'throw' } });
let thrown;
try { old(5); } catch ({ code }) { thrown = code; }
globalThis.result = { said, seen, thrown, processThere: 'process' in globalThis, count: usage().deprecations[0].count };
`,
      'iife',
    );
    const policy = "default-src 'none'; script-src 'unsafe-inline'; require-trusted-types-for 'script'";
    const page = await browser.open(
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${code}</script>`,
    );
    const result = await page.evaluate<Record<string, unknown>>('result');
    expect(result).toMatchObject({ thrown: 'REROUTE_TEST_1', processThere: false, count: 5 });
    expect(result.said).toEqual([
      expect.stringMatching(
        /^\[REROUTE_TEST_1\] DeprecationWarning: old is deprecated\nCalled at file:.*\.html:\d+:\d+\nUse fresh\(a\)$/,
      ),
    ]);
    expect(result.seen).toHaveLength(3);
    expect(page.complaints).toEqual([]);
  });
});
