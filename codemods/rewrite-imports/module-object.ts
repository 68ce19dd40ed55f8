import { formatModule, type ModuleRef } from '../../src/manifest/migration.ts';
import type { Reason } from '../../src/survey/usage.ts';
import { groupedBy } from '../lib/grouped-by.ts';
import { reason } from '../lib/reasons.ts';
import type { Destination } from './destinations.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Entry, Form, SpecifierSite } from './form.ts';
import type { Flow, Taken } from './module-flow.ts';

/**
 * A form that has the module as an object in the hands, and of which is known what is taken from it: it moves when that all
 * moves to one module.
 */
export function flowForm(rewrite: FileRewrite, site: SpecifierSite, flow: Flow, group: string): Form {
  const { usage, destinations } = site;
  const twin = flow.obstacle?.code === 'module-passed-on' ? twinOf(rewrite, site) : undefined;
  const taken = twin ? [] : flow.taken;
  const staying = taken.find(({ name }) => !destinations.of(name));
  const entries = [...groupedBy(taken, ({ name }) => name)].flatMap(([name, list]) => {
    const destination = destinations.of(name);
    return destination ? [entryOf(rewrite, destination, list)] : [];
  });
  const modules = new Map(entries.map(({ destination: { to } }) => [formatModule(to.module), to.module]));
  const carrying = flow.inMock && modules.size === 0 ? destinations.only() : undefined;
  const to = twin ?? carrying ?? [...modules.values()][0];

  const obstacle = (): Reason | undefined => {
    if (twin) return undefined;
    if (flow.obstacle) return flow.obstacle;
    if (staying) return reason('names-stay', `'${staying.name}' is taken from it too and does not move`);
    if (modules.size > 1)
      return reason('several-modules', `what is taken from it goes to ${[...modules.keys()].join(' and ')}`);
    return to ? undefined : reason('unused', 'nothing is taken from it, so where it should lead is not known');
  };
  const why = obstacle();
  return {
    usage,
    destinations,
    entries,
    whole: true,
    ...(to ? { carries: to } : {}),
    ...(why ? { obstacle: why } : {}),
    group,
    apply() {
      rewrite.setSpecifier(site, to!, [usage.id], group);
      for (const { name, ...each } of taken) renameTaken(rewrite, each, destinations.of(name)!, group);
    },
  };
}

function entryOf(rewrite: FileRewrite, destination: Destination, taken: readonly Taken[]): Entry {
  const apart = taken.find(({ how }) => how !== 'member');
  const source = apart && rewrite.file.text.slice(apart.node.start, apart.node.end);
  return {
    destination,
    uses: taken.map(({ node }) => node),
    words: taken.map(({ word }) => word),
    ...(apart ? { passedOn: reason('used-as-value', `'${destination.from.name}' is taken apart in '${source}'`) } : {}),
  };
}

/** Writes the canonical name over what takes the deprecated one. */
export function renameTaken(
  rewrite: FileRewrite,
  { node, word, how }: Omit<Taken, 'name'>,
  { to: { name } }: Destination,
  group: string,
): void {
  if (how === 'implied') {
    if (name !== 'default')
      rewrite.rename(word, { start: node.end, end: node.end }, `.then(({ ${name} }) => ({ default: ${name} }))`, group);
    return;
  }
  const inString = word.type === 'StringLiteral' || word.type === 'TemplateLiteral';
  const range = inString ? { start: word.start + 1, end: word.end - 1 } : { start: word.start, end: word.end };
  const isShorthand = node.type === 'ObjectProperty' && node.shorthand === true;
  if (isShorthand && name !== word.name) rewrite.renameShorthand(word, { key: name }, group);
  else rewrite.rename(word, range, name, group);
}

/**
 * The module that can stand in for another wherever that is handed on as an object: it has the same values under the same
 * names. `undefined` when there is none, or when the exports are not known.
 */
function twinOf({ modules }: FileRewrite, { destinations }: SpecifierSite): ModuleRef | undefined {
  const to = destinations.only();
  if (!to || !modules) return undefined;
  const valuesOf = (module: ModuleRef) => {
    const names = modules.exportNames(module);
    return names && [...names].filter((name) => !modules.isType({ module, name })).sort();
  };
  const here = valuesOf(destinations.module);
  const there = valuesOf(to);
  const isSame = here && there && here.length > 0 && here.join() === there.join();
  const keeps = here?.every((found) => {
    // `module.exports = Old`: the manifest calls it the default.
    const name = found === 'export=' ? 'default' : found;
    const destination = destinations.of(name);
    return destination?.to.name === name && destination.called.length === 0;
  });
  return isSame && keeps ? to : undefined;
}
