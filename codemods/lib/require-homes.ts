import { type ExportRef, formatModule, type ModuleRef } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { ImportDraft } from './import-draft.ts';
import { moduleName } from './import-statements.ts';
import { insertItems } from './list-edits.ts';
import { topLevelRequires } from './required-names.ts';

/** A `const { … } = require('…')` of the top level that names of its module can join. */
export interface RequireHome {
  /** The declaration that stands in the file, or the one that a new declaration follows. */
  readonly statement: SyntaxNode;
  readonly module?: ModuleRef;
  readonly specifier?: string;
  /** The exports that it binds → their local names. */
  readonly locals: Map<string, string>;
  readonly added: AddedProperty[];
  /** Absent for a declaration that is written anew. */
  readonly pattern?: SyntaxNode;
  readonly written?: NewRequire;
  /** Set when it depends on edits itself. */
  readonly group?: string;
}

interface AddedProperty {
  readonly name: string;
  readonly text: string;
  readonly usages: readonly string[];
  readonly group: string;
}

/** A declaration that is not in the file yet: `before` properties `after`. */
interface NewRequire {
  readonly at: number;
  readonly before: string;
  readonly properties: readonly string[];
  readonly after: string;
  readonly usages: readonly string[];
}

/** Where the destructured `require`s of a file's top level stand, and which names join them. */
export class RequireHomes {
  readonly #draft: ImportDraft;
  readonly #homes: RequireHome[] = [];

  constructor(draft: ImportDraft) {
    this.#draft = draft;
    for (const { statement, declarator, specifier } of topLevelRequires(draft.file)) {
      const pattern = declarator.id as SyntaxNode;
      const locals = plainLocals(pattern);
      if (!locals || (statement.declarations as unknown[]).length > 1) continue;
      this.#homes.push({ statement, specifier, locals, pattern, added: [] });
    }
  }

  /**
   * The declaration above `statement` that names of a module can join instead: of the same kind, with nothing but loading
   * between the two, so that the modules are loaded in the same order and nothing sees the difference.
   */
  above(statement: SyntaxNode, module: ModuleRef): RequireHome | undefined {
    const { file } = this.#draft;
    const body = file.index.program.body as readonly SyntaxNode[];
    const loading = new Set(topLevelRequires(file).map((each) => each.statement));
    const end = body.indexOf(statement);
    if (end < 0 || !loading.has(statement)) return undefined;
    const start = body.slice(0, end).findLastIndex((each) => !loading.has(each)) + 1;
    const near = new Set(body.slice(start, end));
    return this.#homes.find(
      (home) => near.has(home.statement) && home.statement.kind === statement.kind && this.#leads(home, module),
    );
  }

  /** A declaration of the module that stands in the file and is not about to lead elsewhere. */
  of(module: ModuleRef): RequireHome | undefined {
    return this.#homes.find((home) => this.#leads(home, module));
  }

  #leads({ module, specifier }: RequireHome, to: ModuleRef): boolean {
    if (module) return formatModule(module) === formatModule(to);
    return specifier !== undefined && this.#draft.leadsTo(specifier, to);
  }

  /** A declaration whose specifier changes: it is a home of another module from now on. */
  convert(statement: SyntaxNode, module: ModuleRef, locals: ReadonlyMap<string, string>, group: string): void {
    const at = this.#homes.findIndex((home) => home.statement === statement && !home.written);
    if (at >= 0) this.#homes[at] = { ...this.#homes[at]!, module, group, locals: new Map(locals) };
  }

  /** A declaration that is written after another one. */
  write(
    statement: SyntaxNode,
    module: ModuleRef,
    written: NewRequire,
    locals: ReadonlyMap<string, string>,
    group: string,
  ): void {
    this.#homes.push({ statement, module, locals: new Map(locals), added: [], written, group });
  }

  /** Adds `name`, or `name: local`, to a declaration. */
  join(home: RequireHome, { name }: ExportRef, local: string, usages: readonly string[], group: string): void {
    home.locals.set(name, local);
    home.added.push({ name, text: name === local ? name : `${name}: ${local}`, usages, group });
  }

  /** The ids of the usages that the edits will answer. */
  answered(): readonly string[] {
    return this.#homes.flatMap(({ written, added }) => [
      ...(written?.usages ?? []),
      ...added.flatMap(({ usages }) => usages),
    ]);
  }

  /** Makes the edits, once all names are known. */
  render(): void {
    for (const { pattern, written, added, group } of this.#homes) {
      if (written) {
        const properties = [...written.properties, ...added.map(({ text }) => text)].join(', ');
        const usages = [...written.usages, ...added.flatMap((each) => each.usages)];
        const { at, before, after } = written;
        this.#draft.edit({ start: at, end: at }, before + properties + after, usages, group!);
      } else if (pattern && added.length > 0) {
        const items = propertiesOf(pattern).map((node) => ({ node, name: moduleName(node.key as SyntaxNode) }));
        const list = { open: pattern.start, items, gone: new Set<SyntaxNode>() };
        for (const { at, text, item } of insertItems(this.#draft.layout, list, added))
          this.#draft.edit({ start: at, end: at }, text, item.usages, item.group);
      }
    }
  }
}

function propertiesOf(pattern: SyntaxNode): readonly SyntaxNode[] {
  return pattern.properties as readonly SyntaxNode[];
}

/** What a pattern takes → the local names; `undefined` for a pattern that takes the rest, or a computed name. */
function plainLocals(pattern: SyntaxNode): Map<string, string> | undefined {
  if (pattern.type !== 'ObjectPattern' || propertiesOf(pattern).length === 0) return undefined;
  const locals = new Map<string, string>();
  for (const { type, computed, key, value } of propertiesOf(pattern)) {
    if (type !== 'ObjectProperty' || computed === true) return undefined;
    const { type: bound, name } = value as SyntaxNode;
    if (bound === 'Identifier') locals.set(moduleName(key as SyntaxNode), name as string);
  }
  return locals;
}
