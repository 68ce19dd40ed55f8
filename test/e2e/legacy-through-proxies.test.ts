import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Ended, node, REPO, reroute } from './command.ts';
import { LEGACY_PROBE } from './legacy-probe.ts';
import { type StagedExample, stageExample } from './staged-example.ts';

// Many processes on few cores.
vi.setConfig({ testTimeout: 300_000 });

const JITI = path.join(REPO, 'node_modules/jiti/lib/jiti-cli.mjs');

let example: StagedExample;
let rewritten: string;
const printed = {} as Record<'legacy' | 'proxy' | 'rewritten', Ended>;

/** A TypeScript module of the target, run as its developers would: with its alias, and nothing built. */
function runModule(file: string, ...flags: string[]): Promise<Ended> {
  const { root } = example;
  const env = { JITI_ALIAS: JSON.stringify({ '@': path.join(root, 'src') }) };
  return node({ cwd: root, env }, ...flags, JITI, file);
}

beforeAll(async () => {
  example = await stageExample();
  const { root, manifest } = example;
  const run = (file: string) => runModule(file, '--no-deprecation');
  writeFileSync(path.join(root, 'src/probe.ts'), LEGACY_PROBE);
  printed.legacy = await run('src/probe.ts');
  const migrated = await reroute({ cwd: root }, 'run', '--all', '--config', manifest);
  expect(migrated).toMatchObject({ exit: 0, stderr: '' });
  rewritten = readFileSync(path.join(root, 'src/probe.ts'), 'utf8');
  printed.rewritten = await run('src/probe.ts');
  writeFileSync(path.join(root, 'src/unmigrated.ts'), LEGACY_PROBE);
  printed.proxy = await run('src/unmigrated.ts');
}, 600_000);
afterAll(() => example.remove());

test('every legacy call of the probe was rewritten, so that the two runs take different ways', () => {
  expect(rewritten).not.toMatch(
    /message_router|register_handler|add_route|route_message|handle_message|get_[a-z]|_handler\(/,
  );
});

test('what runs through the proxy is what the rewritten calls do, on the same legacy inputs', () => {
  expect(printed.proxy.exit).toBe(0);
  expect(printed.proxy.stdout.split('\n').length).toBeGreaterThan(25);
  expect(printed.rewritten.stdout).toBe(printed.proxy.stdout);
});

test('and what the legacy routers did', () => {
  expect(printed.proxy.stdout.split('\n')).toEqual(printed.legacy.stdout.split('\n'));
});

const LATE_CALLER = `import { MessageRouter } from './core/message_router';
const router = new MessageRouter();
for (const type of ['a', 'b', 'c']) router.register_handler(type, () => true);
router.register_handler('d', () => true);
console.log(router.get_route_count());
`;

test('a proxy warns once for each member and call site, and says what to write instead', async () => {
  writeFileSync(path.join(example.root, 'src/late_caller.ts'), LATE_CALLER);
  const { exit, stdout, stderr } = await runModule('src/late_caller.ts');
  expect({ exit, stdout }).toEqual({ exit: 0, stdout: '4\n' });
  const warnings = [
    ...stderr.matchAll(/\[(\w+)_\d+\] DeprecationWarning: (.*) is deprecated\nCalled at .*\/(.*):\d+\nUse (.*)\n/g),
  ];
  expect(warnings.map((found) => found.slice(1).join(' | '))).toEqual([
    'REROUTE_MESSAGE_ROUTER | MessageRouter.register_handler | late_caller.ts:3 | addHandler(handler) or addHandler(handlerFor(type, handler, priority))',
    'REROUTE_MESSAGE_ROUTER | MessageRouter.register_handler | late_caller.ts:4 | addHandler(handler) or addHandler(handlerFor(type, handler, priority))',
    'REROUTE_MESSAGE_ROUTER | MessageRouter.get_route_count | late_caller.ts:5 | getStatistics().active_routes',
  ]);
  expect(stderr.match(/DeprecationWarning/g)).toHaveLength(warnings.length);

  const silent = await runModule('src/late_caller.ts', '--no-deprecation');
  expect(silent).toEqual({ exit: 0, stdout: '4\n', stderr: '' });
});
