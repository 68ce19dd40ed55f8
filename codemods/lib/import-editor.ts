import { overlaps, type TextRange } from '../../src/base/places.ts';
import { type ExportRef, formatExport, formatModule, type ModuleRef } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Edit } from '../../src/plan/file-change.ts';
import { isApart, mayName } from '../../src/survey/target-layout.ts';
import type { Reason } from '../../src/survey/usage.ts';
import { EditGroups } from './edit-groups.ts';
import type { ImportDraft } from './import-draft.ts';
import type { NameMove } from './import-homes.ts';
import { type ImportStatement, importedName, importStatements, isInlineType, localName } from './import-statements.ts';
import type { ParsedFile } from './parse.ts';
import { reason } from './reasons.ts';
import { renderMoves, renderNewStatements } from './render-moves.ts';
import { addStatements, addToHomes, type NeededName } from './render-needs.ts';
import { RequireHomes } from './require-homes.ts';
import { requiredNames } from './required-names.ts';
import type { SourceLayout } from './source-layout.ts';
import { isRelative, leadsTo, type SpecifierRequest, writeSpecifier } from './specifier-style.ts';
import type { ModuleFacts, RewriteTask } from './task.ts';

/** A specifier of the file and the path it is known to lead to. */
interface KnownSpecifier {
  readonly old: string;
  readonly oldModule: string;
}

/**
 * Collects what happens to the imports of one file and gives the edits in the end: names leave declarations, join others,
 * get aliases. Other edits of the import rewrite wait here too, so that groups can still be joined.
 */
export class ImportEditor implements ImportDraft {
  readonly file: ParsedFile;
  readonly layout: SourceLayout;
  readonly statements: readonly ImportStatement[];
  readonly requires: RequireHomes;
  readonly #groups = new EditGroups();
  readonly #edits: Edit[] = [];
  readonly #moves: NameMove[] = [];
  readonly #needs: NeededName[] = [];
  /** Names that are given to something new in this file. */
  readonly #given = new Map<string, string>();
  readonly #known: KnownSpecifier[] = [];
  readonly #modules: ModuleFacts | undefined;
  readonly #avoid: ReadonlySet<string> | undefined;

  constructor(file: ParsedFile, { modules, avoid }: Pick<RewriteTask, 'modules' | 'avoid'> = {}) {
    this.file = file;
    this.#modules = modules;
    this.#avoid = avoid;
    this.layout = file.layout;
    this.statements = importStatements(file, this.layout);
    this.requires = new RequireHomes(this);
  }

  /** Remembers where a specifier leads, so that new ones are written alike. */
  learn(old: string, oldModule: ModuleRef): void {
    if (oldModule.kind === 'path') this.#known.push({ old, oldModule: oldModule.path });
  }

  /** Whether a specifier of this file names the module: as it was resolved, else as far as its text tells. */
  leadsTo(specifier: string, module: ModuleRef): boolean {
    const known = this.#known.find(({ old }) => old === specifier);
    if (known) return module.kind === 'path' && module.path === known.oldModule;
    const { path } = this.file;
    if (!this.#modules || isRelative(specifier) || module.kind === 'package') return leadsTo(path, specifier, module);
    // An alias may be anything: what reads alike may lie in another package, what reads otherwise may be a name of it.
    const mayLead = leadsTo(path, specifier, module) || mayName(this.#modules.layout, specifier, module);
    return mayLead && this.#modules.leadsTo(path, specifier, module);
  }

  /** One edit that is not about the list of imported names. */
  edit({ start, end }: TextRange, text: string, usages: readonly string[], group: string): void {
    // What moves lines further in is of no use where they are replaced.
    const isLost = (edit: Edit) => edit.range.start > start && edit.range.end < end && isIndentation(edit);
    for (const lost of this.#edits.filter(isLost)) this.#edits.splice(this.#edits.indexOf(lost), 1);
    this.#edits.push({ range: { start, end }, text, usages, group });
  }

  /** Edits of both groups are held back together. */
  join(a: string, b: string): void {
    this.#groups.join(a, b);
  }

  /** Whether an edit that is known so far touches the range. */
  touches(range: TextRange): boolean {
    return this.#edits.some((edit) => overlaps(edit.range, range));
  }

  /** Whether an edit that is known so far replaces the text on both sides of an offset. */
  replaces(offset: number): boolean {
    return this.#edits.some(({ range }) => range.start < offset && offset < range.end);
  }

  /** Moves the lines that insertions inside a range begin further in, as the lines around them are. */
  deepen({ start, end }: TextRange, step: string): void {
    for (const [i, edit] of this.#edits.entries()) {
      const { range, text } = edit;
      if (range.start !== range.end || range.start <= start || range.end > end || text.includes('`')) continue;
      this.#edits[i] = { ...edit, text: text.replaceAll(this.layout.eol, this.layout.eol + step) };
    }
  }

  /**
   * Takes the edits inside a range back: the text that they would have made, and the usages that they answered, for an
   * edit of `group` that moves the text elsewhere.
   */
  lift({ start, end }: TextRange, group: string): { readonly text: string; readonly usages: readonly string[] } {
    const inside = this.#edits.filter(({ range }) => start <= range.start && range.end <= end);
    let text = this.file.text.slice(start, end);
    for (const edit of inside.toSorted((a, b) => b.range.start - a.range.start)) {
      text = text.slice(0, edit.range.start - start) + edit.text + text.slice(edit.range.end - start);
      this.#edits.splice(this.#edits.indexOf(edit), 1);
      this.join(edit.group, group);
    }
    return { text, usages: inside.flatMap(({ usages }) => usages) };
  }

  /** Takes a name out of its import and imports it from where it is now. */
  move(move: NameMove): void {
    this.#moves.push(move);
    this.#given.set(move.local, formatExport(move.to));
  }

  /**
   * The name under which the file has an export already, or will; its own name before an alias. `use` says whether a
   * type-only import is enough.
   */
  localOf(ref: ExportRef, use: 'value' | 'type'): string | undefined {
    const names = [...this.#localsOf(ref, use)];
    return names.find((name) => name === ref.name) ?? names[0];
  }

  *#localsOf(ref: ExportRef, use: 'value' | 'type'): Generator<string> {
    const serves = (statement: ImportStatement, node: SyntaxNode) =>
      use === 'type' || !(statement.typeOnly || isInlineType(node));
    for (const { to, statement, node, local } of this.#moves) {
      if (sameExport(to, ref) && serves(statement, node)) yield local;
    }
    for (const statement of this.statements) {
      if (!this.leadsTo(statement.specifier, ref.module)) continue;
      for (const node of [statement.defaultName, ...statement.named]) {
        if (!node || importedName(node) !== ref.name || this.#moves.some((move) => move.node === node)) continue;
        if (serves(statement, node)) yield localName(node);
      }
    }
    for (const { specifier, name, local } of requiredNames(this.file)) {
      if (name === ref.name && this.leadsTo(specifier, ref.module)) yield local;
    }
    const required = this.requires.of(ref.module)?.locals.get(ref.name);
    if (required !== undefined) yield required;
  }

  /** Whether a new binding may have this name: nothing in the file has it, declared or global. */
  isFree(name: string): boolean {
    return !this.isGiven(name) && !this.file.index.isTaken(name);
  }

  /** Whether the name is that of something new in this file. */
  isGiven(name: string): boolean {
    return this.#given.has(name);
  }

  /** Marks a name as that of an export, for bindings that are no imports: `const { X } = require('…')`. */
  give(name: string, ref: ExportRef): void {
    this.#given.set(name, formatExport(ref));
  }

  /** A name that is free: the wanted one, or with `Canonical` before it, numbered if need be. */
  freeName(wanted: string): string {
    if (this.isFree(wanted)) return wanted;
    const upper = /^[A-Z]/.test(wanted);
    const base = `${upper ? 'Canonical' : 'canonical'}${wanted[0]!.toUpperCase()}${wanted.slice(1)}`;
    for (let number = 1; ; number++) {
      const name = number === 1 ? base : `${base}${number}`;
      if (this.isFree(name)) return name;
    }
  }

  /**
   * The local name of an export that a rewritten call needs as a value; imported when it is not there yet. An import that
   * one call needs belongs to that call's group; one that several need has its own.
   */
  need(ref: ExportRef, wanted: string, group: string): string {
    const there = this.#needs.find((need) => sameExport(need.ref, ref));
    if (there) {
      if (there.group !== group) there.group = `import:${there.local}`;
      return there.local;
    }
    const known = this.localOf(ref, 'value');
    if (known !== undefined) return known;
    const local = this.freeName(wanted);
    this.#given.set(local, formatExport(ref));
    const specifier = this.specifierFor(ref.module);
    if (specifier === undefined) throw new Error(`${this.file.path} cannot name ${formatModule(ref.module)}`);
    this.#needs.push({ ref, local, group, specifier });
    return local;
  }

  /** How this file would write a specifier for a module that it does not name yet; `undefined` when it cannot. */
  specifierFor(module: ModuleRef): string | undefined {
    const named = [
      ...this.statements.map((each) => each.specifier),
      ...requiredNames(this.file).map((each) => each.specifier),
    ];
    const known = this.#known.find(({ old }) => named.includes(old)) ?? this.#known[0];
    const there = named.find((each) => this.leadsTo(each, module));
    return there ?? this.write({ ...known, to: module, siblings: named });
  }

  /** A specifier that has not been tried in this file; `undefined` when there is none. */
  write(
    request: Partial<Pick<SpecifierRequest, 'from'>> & Omit<SpecifierRequest, 'from' | 'modules' | 'avoid'>,
  ): string | undefined {
    return writeSpecifier({ from: this.file.path, ...request, modules: this.#modules, avoid: this.#avoid });
  }

  /** Why no specifier leads from this file to a module. */
  unnameable(module: ModuleRef): Reason {
    const to = formatModule(module);
    const tried = [...(this.#avoid ?? [])].map((specifier) => `'${specifier}'`).join(', ');
    if (this.#modules && isApart(this.#modules.layout, this.file.path, module))
      return reason(
        'no-specifier',
        `${to} lies in another package, which gives it no name: add it to that package's exports${tried && `; ${tried} do not lead to it`}`,
      );
    return reason('no-specifier', `no specifier leads from this file to ${to}; tried: ${tried}`);
  }

  /** The ids of the usages that an edit answers so far. */
  answered(): ReadonlySet<string> {
    return new Set([...[...this.#edits, ...this.#moves].flatMap(({ usages }) => usages), ...this.requires.answered()]);
  }

  /** All edits, not overlapping; usages that moved are answered in them. */
  edits(): readonly Edit[] {
    const homes = renderMoves(this, this.#moves);
    const missing = addToHomes(this, this.#needs, homes, this.requires);
    this.requires.render();
    renderNewStatements(this, homes);
    addStatements(this, missing, homes);
    return this.#edits.map((edit) => ({ ...edit, group: this.#groups.nameOf(edit.group) }));
  }
}

function isIndentation({ range, text, usages }: Edit): boolean {
  return range.start === range.end && usages.length === 0 && /^[ \t]*$/.test(text);
}

function sameExport(a: ExportRef, b: ExportRef): boolean {
  return formatExport(a) === formatExport(b);
}
