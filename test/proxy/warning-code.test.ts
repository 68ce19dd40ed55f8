import { expect, test } from 'vitest';
import { ProxyTarget } from './proxy-target.ts';

const FILES = {
  'package.json': '{ "type": "module" }',
  'tsconfig.json': '{ "compilerOptions": { "module": "nodenext", "strict": true, "types": [] } }',
  'src/new.ts': 'export class Router {\n  add(): void {}\n  take(): void {}\n}\n',
  'src/old.ts': 'export class Router {\n  add_it(): void {}\n  take_it(): void {}\n}\n',
};

function proxyOf(members: Readonly<Record<string, string>>, deprecation = {}): string {
  const files = { ...FILES };
  if (!members.take_it) files['src/old.ts'] = 'export class Router {\n  add_it(): void {}\n}\n';
  const plan = new ProxyTarget(files).plan({
    deprecation,
    canonical: {
      'src/new.ts': { Router: { replaces: ['src/old.ts#Router'], members, deprecation: { since: '2.1.0' } } },
    },
  });
  return plan.changes.find(({ file }) => file === 'src/old.ts')!.after!;
}

const codes = (proxy: string) => [...proxy.matchAll(/id: '(.*)'[^}]*code: '(.*)'/g)].map(([, id, code]) => [id, code]);

test('each deprecated thing has a code of its own, which stays when the manifest grows', () => {
  const one = codes(proxyOf({ add_it: 'add' }));
  const two = codes(proxyOf({ take_it: 'take', add_it: 'add' }));
  expect(one).toEqual([['src/new.ts#Router.add_it', expect.stringMatching(/^REROUTE_ROUTER_\d+$/)]]);
  expect(two).toContainEqual(one[0]);
  expect(new Set(two.map(([, code]) => code)).size).toBe(2);
});

test('what the manifest says of dates, phase and link stands in the proxy, the nearest first', () => {
  const proxy = proxyOf(
    { add_it: 'add' },
    { since: '2.0.0', until: '2027-03-01', phase: 'pending', link: 'https://example.org/router' },
  );
  expect(proxy).toContain(
    "  since: '2.1.0',\n  until: '2027-03-01',\n  phase: 'pending',\n  link: 'https://example.org/router',\n",
  );
});
