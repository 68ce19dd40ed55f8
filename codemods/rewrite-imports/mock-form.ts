import type { ExportRef, ModuleRef } from '../../src/manifest/migration.ts';
import { formatModule } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Reason } from '../../src/survey/usage.ts';
import { importedName, moduleName } from '../lib/import-statements.ts';
import { reason } from '../lib/reasons.ts';
import { isPlainText, stringValue, unwrapped } from '../lib/syntax-index.ts';
import type { Destination } from './destinations.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Form, SpecifierSite } from './form.ts';
import { keptFactory, keptObject } from './kept-stand-in.ts';
import { factoryResult, isSpreadInMock } from './mock-factory.ts';
import { type Flow, followBinding, NOTHING, type Taken, together } from './module-flow.ts';
import { renameTaken } from './module-object.ts';
import { followPromise } from './promise-flow.ts';

/** What stands in the module's place. */
interface Stand {
  /** Its names, each with its property. */
  readonly keys: readonly Key[];
  /** It has all other names of the module, too: no factory, or one that spreads the actual module. */
  readonly isOpen: boolean;
  /** What the factory takes from the actual module that it is handed. */
  readonly flow: Flow;
}

interface Key {
  readonly name: string;
  readonly word: SyntaxNode;
  readonly property: SyntaxNode;
}

/**
 * `vi.mock('…', factory)`, `jest.unmock('…')` and their like. It moves when all that moves from the module goes to one
 * module and everything that the factory makes is known: then its keys follow the names. Otherwise it is for a person, and
 * so are the imports beside it: a mock of one path and an import of another do not meet.
 */
export function mockForm(rewrite: FileRewrite, site: SpecifierSite, call: SyntaxNode, group: string): Form {
  const factory = (call.arguments as readonly SyntaxNode[])[1];
  return standForm(rewrite, site, factory ? standOf(rewrite, site, factory) : EVERYTHING, call, group);
}

const EVERYTHING: Stand = { keys: [], isOpen: true, flow: NOTHING };

/** `mock.module('…', { namedExports: { X }, defaultExport: y })` of node:test. */
export function nodeMockForm(rewrite: FileRewrite, site: SpecifierSite, call: SyntaxNode, group: string): Form {
  const options = (call.arguments as readonly SyntaxNode[])[1];
  const listed = options && factoryKeys(unwrapped(options), () => false);
  const keys: Key[] = [];
  let known = listed !== undefined;
  for (const key of listed?.keys ?? []) {
    const value = key.property.value as SyntaxNode | undefined;
    if (key.name === 'cache') continue;
    const named = key.name === 'namedExports' && value ? factoryKeys(unwrapped(value), () => false) : undefined;
    if (!named) known = false;
    else keys.push(...named.keys);
  }
  return standForm(rewrite, site, known ? { keys, isOpen: false, flow: NOTHING } : undefined, call, group);
}

function standForm(
  rewrite: FileRewrite,
  site: SpecifierSite,
  stand: Stand | undefined,
  call: SyntaxNode,
  group: string,
): Form {
  const { usage, destinations } = site;
  const callee = call.callee as SyntaxNode;
  const written = rewrite.file.text.slice(callee.start, callee.end);
  const listed: Taken[] = (stand?.keys ?? []).map(({ name, word, property }) => ({
    node: property,
    word,
    name,
    how: 'apart',
  }));
  const taken = [...listed, ...(stand?.flow.taken ?? [])];
  const to = targetOf(destinations.named(), taken, stand?.isOpen ?? true, (name) => destinations.of(name));
  const why = obstacleOf(rewrite, site, stand, to, written);
  const byName = destinations.named().map((destination) => ({
    destination,
    uses: [],
    words: taken.filter(({ name }) => name === destination.from.name).map(({ word }) => word),
  }));
  return {
    usage,
    destinations,
    entries: byName,
    whole: true,
    isMock: true,
    ...(typeof to === 'object' ? { carries: to } : {}),
    ...(why ? { obstacle: why } : {}),
    group,
    apply() {
      rewrite.setSpecifier(site, to as ModuleRef, [usage.id], group);
      for (const { name, ...each } of taken) {
        const destination = destinations.of(name);
        if (destination) renameTaken(rewrite, each, destination, group);
      }
    },
  };
}

/** The module that a mock leads to: that of the names which it makes, or of all that move when it stands for all. */
function targetOf(
  named: readonly Destination[],
  taken: readonly Taken[],
  isOpen: boolean,
  of: (name: string) => Destination | undefined,
): ModuleRef | 'several' | undefined {
  const refs: ExportRef[] = taken.flatMap(({ name }) => of(name)?.to ?? []);
  if (isOpen || refs.length === 0) refs.push(...named.map(({ to }) => to));
  const modules = new Map(refs.map(({ module }) => [formatModule(module), module]));
  return modules.size > 1 ? 'several' : [...modules.values()][0];
}

function obstacleOf(
  rewrite: FileRewrite,
  { destinations }: SpecifierSite,
  stand: Stand | undefined,
  to: ModuleRef | 'several' | undefined,
  written: string,
): Reason | undefined {
  if (!stand) return reason('mock-factory', `what the factory of '${written}' makes is not known name by name`);
  if (stand.flow.obstacle) return stand.flow.obstacle;
  if (stand === EVERYTHING && rewrite.modules?.hasManualMock(destinations.module))
    return reason('manual-mock', `'${written}' takes the mock that a __mocks__ folder keeps for the module; move both`);
  if (to === 'several') return reason('several-modules', `'${written}' stands for names that go to several modules`);
  const stays = (name: string) => name !== '__esModule' && !destinations.of(name);
  const kept = [...stand.keys, ...stand.flow.taken].find(({ name }) => stays(name));
  if (kept) return reason('names-stay', `'${written}' makes '${kept.name}' too, which does not move`);
  const becomesDefault = stand.keys.find(
    ({ name }) => name !== 'default' && destinations.of(name)?.to.name === 'default',
  );
  if (becomesDefault && !written.startsWith('vi') && !stand.keys.some(({ name }) => name === '__esModule'))
    return reason(
      'mock-factory',
      `'${becomesDefault.name}' becomes the default export, for which '${written}' needs another factory`,
    );
  const called = destinations.named().find((each) => each.called.length > 0);
  if (called)
    return reason('mocked', `'${written}' stands for '${called.from.name}' too, which is called in another way now`);
  if (stand.isOpen && !destinations.rest) {
    const { modules } = rewrite;
    const { module } = destinations;
    const left = [...(modules?.exportNames(module) ?? [])].find(
      (name) => stays(name) && !modules!.isType({ module, name }),
    );
    if (left) return reason('names-stay', `'${written}' stands for '${left}' too, which does not move`);
  } else if (to) {
    const names = new Set(stand.keys.map(({ name }) => destinations.of(name)?.to.name));
    const missing = rewrite.editor.statements
      .filter(({ specifier, typeOnly }) => !typeOnly && rewrite.editor.leadsTo(specifier, to))
      .flatMap(({ defaultName, named }) => [defaultName, ...named])
      .find((node) => node && !names.has(importedName(node)));
    if (missing)
      return reason(
        'mocked',
        `'${written}' makes no '${importedName(missing)}', which this file takes from the canonical module`,
      );
  }
  return undefined;
}

/** What a factory, or the object in its place, makes; `undefined` when that is not known name by name. */
function standOf(rewrite: FileRewrite, site: SpecifierSite, factory: SyntaxNode): Stand | undefined {
  const walk = { rewrite, site };
  const given = unwrapped(factory);
  // `{ spy: true }` are options: the module is mocked as a whole.
  if (given.type === 'ObjectExpression' && isOptions(given)) return EVERYTHING;
  const made = given.type === 'Identifier' ? (keptFactory(walk, given) ?? given) : given;
  const value = made.type === 'Identifier' || made.type === 'ObjectExpression' ? made : factoryResult(made);
  const kept = value?.type === 'Identifier' ? keptObject(walk, value) : undefined;
  const object = kept?.object ?? value;
  const original = originalFlow(rewrite, site, made);
  const isActual = (spread: SyntaxNode) => loadsActual(rewrite, site, spread, original);
  const listed = object && factoryKeys(object, isActual);
  return listed && { ...listed, flow: together(kept ? [original, kept.flow] : [original]) };
}

/** What `async (importOriginal) => …` takes from the actual module, which it is handed a way to load. */
function originalFlow(rewrite: FileRewrite, site: SpecifierSite, made: SyntaxNode): Flow {
  const { index } = rewrite.file;
  const [original] = (made.params ?? []) as readonly SyntaxNode[];
  if (!original) return NOTHING;
  return followBinding({ rewrite, site }, original, made, (walk, reference) => {
    const { parent, key } = index.positionOf(reference);
    return parent?.type === 'CallExpression' && key === 'callee'
      ? followPromise(walk, parent)
      : { taken: [], obstacle: reason('module-passed-on', 'what loads the actual module is passed on') };
  });
}

function isOptions(object: SyntaxNode): boolean {
  const [only, ...more] = object.properties as readonly SyntaxNode[];
  return more.length === 0 && only?.type === 'ObjectProperty' && (only.key as SyntaxNode).name === 'spy';
}

/** Whether `...value` spreads the actual module: what it was handed, or a load of it that has a form of its own. */
function loadsActual(rewrite: FileRewrite, { destinations }: SpecifierSite, spread: SyntaxNode, flow: Flow): boolean {
  if (!isSpreadInMock(rewrite, spread, destinations.module)) return false;
  const value = unwrapped(spread.argument as SyntaxNode);
  if (rewrite.isModule(value, destinations.module)) return true;
  if (value.type !== 'Identifier') return flow.inMock === true && value.type === 'AwaitExpression';
  const { index } = rewrite.file;
  const [binding, ...more] = index.bindings(value.name as string);
  const declarator = binding && index.parent(binding);
  if (more.length > 0 || declarator?.type !== 'VariableDeclarator' || !declarator.init) return false;
  return rewrite.isModule(declarator.init as SyntaxNode, destinations.module) || flow.inMock === true;
}

/** The names that an object literal has; `undefined` when one is computed or comes from elsewhere. */
function factoryKeys(object: SyntaxNode, isActual: (spread: SyntaxNode) => boolean): Omit<Stand, 'flow'> | undefined {
  if (object.type !== 'ObjectExpression') return undefined;
  const keys: Key[] = [];
  let isOpen = false;
  for (const property of object.properties as readonly SyntaxNode[]) {
    if (property.type === 'SpreadElement') {
      if (!isActual(property)) return undefined;
      isOpen = true;
      continue;
    }
    const word = property.key as SyntaxNode;
    if (property.computed === true && !isPlainText(word)) return undefined;
    const name = property.computed === true ? stringValue(word)! : moduleName(word);
    keys.push({ name, word, property });
  }
  return { keys, isOpen };
}
