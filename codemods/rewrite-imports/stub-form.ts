import { formatModule } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Reason } from '../../src/survey/usage.ts';
import { reason } from '../lib/reasons.ts';
import { unwrapped } from '../lib/syntax-index.ts';
import { wholeForm } from './doc-form.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Entry, Form, SpecifierSite } from './form.ts';
import { objectKeys } from './mock-form.ts';
import { renameTaken } from './module-object.ts';

/**
 * `proxyquire('./service', { './router': { X } })`: the key stands in for what another file imports, and the object for
 * what it takes from there. It moves when all names that the object has go to one module; whether the other file takes
 * them from there is for the host to say.
 */
export function stubForm(rewrite: FileRewrite, site: SpecifierSite, property: SyntaxNode): Form {
  const { usage, destinations } = site;
  const group = `module:${property.start}`;
  if (destinations.isWhole) return wholeForm(rewrite, site, group);
  const keys = objectKeys(unwrapped(property.value as SyntaxNode), () => false)?.keys;
  // `@noCallThru` and its like are for the library.
  const names = keys?.filter(({ name }) => !/^@|^__esModule$/.test(name)) ?? [];
  const taken = names.map(({ name, word, property: node }) => ({ node, word, name, how: 'apart' as const }));
  const entries = taken.flatMap(({ name, word }): readonly Entry[] => {
    const destination = destinations.of(name);
    return destination ? [{ destination, uses: [], words: [word] }] : [];
  });
  const modules = new Map(entries.map(({ destination: { to } }) => [formatModule(to.module), to.module]));
  const obstacle = (): Reason | undefined => {
    if (!keys) return reason('mock-factory', 'what the stub has is not known name by name');
    const kept = names.find(({ name }) => !destinations.of(name));
    if (kept) return reason('names-stay', `the stub has '${kept.name}' too, which does not move`);
    const called = entries.find(({ destination }) => destination.called.length > 0)?.destination.from.name;
    if (called) return reason('mocked', `the stub has '${called}', which is called in another way now`);
    if (modules.size > 1)
      return reason('several-modules', `the stub has names that go to ${[...modules.keys()].join(' and ')}`);
    return modules.size === 0 ? reason('unused', 'the stub has no names that tell where it should lead') : undefined;
  };
  const why = obstacle();
  const [to] = modules.values();
  return {
    usage,
    destinations,
    entries,
    whole: true,
    ...(why ? { obstacle: why } : {}),
    group,
    apply() {
      rewrite.setSpecifier(site, to!, [usage.id], group);
      for (const { name, ...each } of taken) renameTaken(rewrite, each, destinations.of(name)!, group);
    },
  };
}
