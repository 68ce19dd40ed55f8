import { formatModule } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Reason } from '../../src/survey/usage.ts';
import { groupedBy } from '../lib/grouped-by.ts';
import { moduleName } from '../lib/import-statements.ts';
import { withoutItems } from '../lib/list-edits.ts';
import { reason } from '../lib/reasons.ts';
import { propertyAs } from '../lib/render-needs.ts';
import type { RequireHome } from '../lib/require-homes.ts';
import { stringValue } from '../lib/syntax-index.ts';
import { modulesOf } from './destinations.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Entry, Form, SpecifierSite } from './form.ts';
import { chooseLocal, renameUses } from './local-names.ts';
import { insertDeclaration } from './new-require.ts';

/** A property of the pattern that moves. */
interface Taken {
  readonly property: SyntaxNode;
  readonly key: SyntaxNode;
  /** The identifier that it binds; absent when the pattern goes deeper. */
  readonly binding: SyntaxNode | undefined;
  /** Where JSDoc speaks of the binding. */
  readonly inDocs: readonly SyntaxNode[];
}

/** Where a module is taken apart. */
export interface Destructuring {
  readonly pattern: SyntaxNode;
  /** Absent for the parameter of a callback, which cannot be split when some names stay. */
  readonly declarator?: SyntaxNode;
  /** Where the names are known. */
  readonly scope: SyntaxNode;
}

/** `const { X, Y: y } = …` of a module. */
export function destructuredForm(
  rewrite: FileRewrite,
  site: SpecifierSite,
  { pattern, declarator, scope }: Destructuring,
  group: string,
): Form {
  const { usage, destinations } = site;
  const { file } = rewrite;
  const properties = pattern.properties as readonly SyntaxNode[];
  const statement = declarator && ownStatement(rewrite, declarator);
  const exported = statement !== undefined && file.index.parent(statement)?.type === 'ExportNamedDeclaration';
  const takenBy = new Map<Entry, Taken>();
  let obstacle: Reason | undefined;
  for (const property of properties) {
    const key = property.key as SyntaxNode | undefined;
    const name =
      property.type !== 'ObjectProperty' || !key
        ? undefined
        : property.computed === true
          ? stringValue(key)
          : moduleName(key);
    if (name === undefined || !key) {
      obstacle ??= reason('module-passed-on', 'takes the rest of the module, or a name that is computed');
      continue;
    }
    const destination = destinations.of(name);
    if (!destination) continue;
    const binding = bindingOf(property.value as SyntaxNode);
    const inScope = (node: SyntaxNode) => scope.start <= node.start && node.end <= scope.end;
    const own = binding && file.scopes.usesOf(binding);
    const uses = own ?? (binding ? file.index.references(binding.name as string).filter(inScope) : []);
    const inDocs = binding ? rewrite.docUses(binding.name as string).filter(inScope) : [];
    const passedOn =
      binding && !own
        ? reason('shadowed', `'${name}' is declared a second time, and some uses may mean that`)
        : binding && !exported
          ? undefined
          : reason('used-as-value', `'${name}' is taken apart or exported where it is loaded`);
    takenBy.set(
      {
        destination,
        uses,
        words: [key, ...(binding ? [binding] : []), ...uses, ...inDocs],
        ...(passedOn ? { passedOn } : {}),
      },
      { property, key, binding, inDocs },
    );
  }
  const entries = [...takenBy.keys()];
  const stays =
    entries.length < properties.length || modulesOf(entries.map(({ destination }) => destination)).length > 1;
  if (entries.length > 0 && stays && !statement)
    obstacle ??= reason('names-stay', 'other names are taken from it in the same place and do not move with it');

  return {
    usage,
    destinations,
    entries,
    whole: !statement,
    ...(obstacle ? { obstacle } : {}),
    group,
    apply(moving) {
      const answered = [usage.id];
      const gone = new Set<SyntaxNode>();
      let converted = moving.length < properties.length;
      for (const list of groupedBy(moving, ({ destination }) => formatModule(destination.to.module)).values()) {
        const to = list[0]!.destination.to.module;
        const home = statement && list.every(isPlain) ? rewrite.editor.requires.above(statement, to) : undefined;
        if (home) {
          for (const entry of list) {
            const taken = takenBy.get(entry)!;
            const { local, joins } = localIn(rewrite, home, entry, taken);
            const usages = rewrite.take(taken.key, taken.binding!);
            if (joins)
              rewrite.editor.requires.join(
                home,
                entry.destination.to,
                local,
                [...answered.splice(0), ...usages],
                group,
              );
            else answered.push(...usages);
            if (home.group) rewrite.editor.join(home.group, group);
            renameUses(rewrite, [...entry.uses, ...taken.inDocs], local, group);
            gone.add(taken.property);
          }
          continue;
        }
        const texts: string[] = [];
        const locals = new Map<string, string>();
        const inPlace = !converted;
        converted = true;
        for (const entry of list) {
          const taken = takenBy.get(entry)!;
          const { local, text } = chooseText(rewrite, entry, taken, exported);
          if (inPlace) editProperty(rewrite, taken, text, entry, group);
          else gone.add(taken.property);
          texts.push(text);
          if (local !== undefined) {
            locals.set(entry.destination.to.name, local);
            renameUses(rewrite, [...entry.uses, ...taken.inDocs], local, group);
          }
        }
        if (inPlace) {
          rewrite.setSpecifier(site, to, answered.splice(0), group);
          if (statement) rewrite.editor.requires.convert(statement, to, locals, group);
        } else
          insertDeclaration(rewrite, site, {
            statement: statement!,
            declarator: declarator!,
            pattern,
            properties: texts,
            locals,
            to,
            usages: [...answered.splice(0), ...rewrite.take(...list.flatMap((entry) => entry.words.slice(0, 2)))],
            group,
          });
      }
      if (gone.size === properties.length) rewrite.editor.edit(file.layout.wholeLines(statement!), '', answered, group);
      else if (gone.size > 0) {
        for (const range of withoutItems(file.layout, properties, gone))
          rewrite.editor.edit(range, '', answered.splice(0), group);
      }
    },
  };

  function isPlain(entry: Entry): boolean {
    const { property, binding } = takenBy.get(entry)!;
    return binding !== undefined && property.value === binding;
  }
}

/** The name that a declaration above gives to what joins it; it does not join when it is there already. */
function localIn(
  rewrite: FileRewrite,
  home: RequireHome,
  { destination, uses }: Entry,
  { property, binding }: Taken,
): { readonly local: string; readonly joins: boolean } {
  const { scopes } = rewrite.file;
  const chosenByUser = property.shorthand !== true;
  const { name: own } = destination.to;
  // As with imports, an alias that the user gave elsewhere is no reason to rename here.
  const isThere = !chosenByUser && home.locals.get(own) === own && uses.every((use) => !scopes.isHidden(use, own));
  if (isThere) return { local: own, joins: false };
  const { local, duplicate } = chooseLocal(rewrite, binding!, chosenByUser, destination, 'value');
  const name = duplicate ? (binding!.name as string) : local;
  rewrite.editor.give(name, destination.to);
  return { local: name, joins: true };
}

function bindingOf(value: SyntaxNode): SyntaxNode | undefined {
  const inner = value.type === 'AssignmentPattern' ? (value.left as SyntaxNode) : value;
  return inner.type === 'Identifier' ? inner : undefined;
}

/** The declaration, when the declarator is alone in it and it stands in a list of statements. */
function ownStatement({ file }: FileRewrite, declarator: SyntaxNode): SyntaxNode | undefined {
  const statement = file.index.parent(declarator);
  if (statement?.type !== 'VariableDeclaration' || (statement.declarations as unknown[]).length !== 1) return undefined;
  const { parent } = file.index.positionOf(statement);
  return parent &&
    /^(?:Program|BlockStatement|StaticBlock|ExportNamedDeclaration|SwitchCase|TSModuleBlock)$/.test(parent.type)
    ? statement
    : undefined;
}

function chooseText(
  rewrite: FileRewrite,
  { destination }: Entry,
  { property, binding }: Taken,
  exported: boolean,
): { readonly local: string | undefined; readonly text: string } {
  const value = property.value as SyntaxNode;
  const { text } = rewrite.file;
  if (!binding) return { local: undefined, text: `${destination.to.name}: ${text.slice(value.start, value.end)}` };
  const old = binding.name as string;
  const chosenByUser = exported || property.shorthand !== true;
  const { local, duplicate } = chooseLocal(rewrite, binding, chosenByUser, destination, 'value');
  // The other binding may stand in another scope: a name of its own is always right.
  const name = duplicate ? old : local;
  rewrite.editor.give(name, destination.to);
  const rest = text.slice(binding.start + old.length, value.end);
  return { local: name, text: propertyAs(destination.to.name, name) + rest };
}

function editProperty(
  rewrite: FileRewrite,
  { property, key, binding }: Taken,
  text: string,
  { destination }: Entry,
  group: string,
): void {
  const { file, editor } = rewrite;
  const words = binding ? [key, binding] : [key];
  if (property.shorthand === true) {
    if (file.text.slice(property.start, property.end) !== text)
      editor.edit(property, text, rewrite.take(...words), group);
    return;
  }
  const range = key.type === 'StringLiteral' ? { start: key.start + 1, end: key.end - 1 } : key;
  if (file.text.slice(range.start, range.end) !== destination.to.name) {
    editor.edit({ start: range.start, end: range.end }, destination.to.name, rewrite.take(...words), group);
  }
}
