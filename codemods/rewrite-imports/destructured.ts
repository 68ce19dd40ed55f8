import { formatModule } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Reason } from '../../src/survey/usage.ts';
import { groupedBy } from '../lib/grouped-by.ts';
import { moduleName } from '../lib/import-statements.ts';
import { withoutItems } from '../lib/list-edits.ts';
import { reason } from '../lib/reasons.ts';
import { propertyAs } from '../lib/render-needs.ts';
import { stringValue } from '../lib/syntax-index.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Entry, Form, SpecifierSite } from './form.ts';
import { modulesOf } from './import-form.ts';
import { chooseLocal, renameUses } from './local-names.ts';

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
    const uses = binding ? file.index.references(binding.name as string).filter(inScope) : [];
    const inDocs = binding ? rewrite.docUses(binding.name as string).filter(inScope) : [];
    const isShadowed = binding && file.index.bindings(binding.name as string).filter(inScope).length > 1;
    const passedOn = isShadowed
      ? reason('shadowed', `'${name}' is declared a second time in its scope`)
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
  const stays = entries.length < properties.length || modulesOf(entries).length > 1;
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
        const texts: string[] = [];
        const inPlace = !converted;
        converted = true;
        for (const entry of list) {
          const taken = takenBy.get(entry)!;
          const { local, text } = chooseText(rewrite, entry, taken, exported);
          if (inPlace) editProperty(rewrite, taken, text, entry, group);
          else gone.add(taken.property);
          texts.push(text);
          if (local !== undefined) renameUses(rewrite, [...entry.uses, ...taken.inDocs], local, group);
        }
        const to = list[0]!.destination.to.module;
        if (inPlace) rewrite.setSpecifier(site, to, answered.splice(0), group);
        else
          insertDeclaration(
            rewrite,
            site,
            statement!,
            declarator!,
            pattern,
            texts,
            to,
            [...answered.splice(0), ...rewrite.take(...list.flatMap((entry) => entry.words.slice(0, 2)))],
            group,
          );
      }
      if (gone.size > 0) {
        for (const range of withoutItems(file.layout, properties, gone)) rewrite.editor.edit(range, '', [], group);
      }
    },
  };
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
  const { local, duplicate } = chooseLocal(rewrite, old, chosenByUser, destination, 'value');
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

/** `const { X } = require('…');` for the names that leave, after the declaration that they leave. */
function insertDeclaration(
  rewrite: FileRewrite,
  site: SpecifierSite,
  statement: SyntaxNode,
  declarator: SyntaxNode,
  pattern: SyntaxNode,
  properties: readonly string[],
  to: Parameters<FileRewrite['specifier']>[1],
  usages: readonly string[],
  group: string,
): void {
  const { file, editor } = rewrite;
  const { layout } = file;
  const parent = file.index.parent(statement)!;
  const outer = parent.type === 'ExportNamedDeclaration' ? parent : statement;
  const { literal } = site;
  const value =
    file.text.slice(pattern.end, literal.start + 1) +
    rewrite.specifier(site, to) +
    file.text.slice(literal.end - 1, declarator.end);
  const head = file.text.slice(outer.start, statement.start);
  const at = layout.afterStatement(outer);
  const text = `${head}${statement.kind} { ${properties.join(', ')} }${value}${layout.semicolonOf(statement)}`;
  editor.edit({ start: at, end: at }, layout.eol + layout.indentation(outer.start) + text, usages, group);
}
