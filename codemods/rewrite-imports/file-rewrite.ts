import type { TextRange } from '../../src/base/places.ts';
import { splitQuery } from '../../src/base/specifier-query.ts';
import { formatModule, type ModuleRef } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { mayDiffer } from '../../src/survey/target-layout.ts';
import type { Reason, Usage } from '../../src/survey/usage.ts';
import type { ImportEditor } from '../lib/import-editor.ts';
import { docsOf } from '../lib/jsdoc.ts';
import type { ParsedFile } from '../lib/parse.ts';
import { reason } from '../lib/reasons.ts';
import { isRelative } from '../lib/specifier-style.ts';
import { isPlainText, unwrapped } from '../lib/syntax-index.ts';
import type { ModuleFacts, RewriteTask } from '../lib/task.ts';
import type { SpecifierSite } from './form.ts';

/** One file while its imports are rewritten: what the readers of forms share. */
export class FileRewrite {
  readonly file: ParsedFile;
  readonly editor: ImportEditor;
  readonly modules: ModuleFacts | undefined;
  /** The namespaces that forms have imported anew, by how and from where. */
  readonly namespaces = new Map<string, { readonly local: string; readonly group: string }>();
  readonly #exportUsages = new Map<number, Usage>();
  readonly #untied = new Map<number, string>();
  /** The deprecated modules that the file names, by the start of the specifier. */
  readonly #modules = new Map<number, ModuleRef>();
  readonly #renamed = new Set<number>();
  readonly #shorthands = new Map<number, { readonly key: string; readonly value: string }>();

  constructor(file: ParsedFile, editor: ImportEditor, { usages, untied = [], modules }: RewriteTask) {
    this.file = file;
    this.editor = editor;
    this.modules = modules;
    const exportUsages = usages.filter(({ subject }) => subject.kind === 'export');
    for (const usage of exportUsages) this.#exportUsages.set(usage.place.range.start, usage);
    for (const usage of untied) this.#untied.set(usage.place.range.start, usage.id);
    for (const { subject, place } of usages)
      if (subject.kind === 'specifier') this.#modules.set(place.range.start, subject.module);
  }

  /** The deprecated module that a string names. */
  moduleAt(literal: SyntaxNode): ModuleRef | undefined {
    return this.#modules.get(literal.start + 1);
  }

  /** Whether an expression loads the module and is nothing else: `require('…')`, `await import('…')`, `jest.requireActual('…')`. */
  isModule(expression: SyntaxNode, module: ModuleRef): boolean {
    let call = unwrapped(expression);
    if (call.type === 'AwaitExpression') call = unwrapped(call.argument as SyntaxNode);
    const [literal] = (call.type === 'CallExpression' ? call.arguments : []) as readonly SyntaxNode[];
    const loaded = literal && this.moduleAt(literal);
    return loaded !== undefined && formatModule(loaded) === formatModule(module);
  }

  /** The function, block or program in which a declarator's name, or a function's parameters, are known. */
  scopeOf(binder: SyntaxNode): SyntaxNode {
    if (binder.type !== 'VariableDeclarator') return binder;
    const { index } = this.file;
    const isVar = index.parent(binder)?.kind === 'var';
    const ends = isVar
      ? /^Program$|Function|Method$/
      : /^(?:Program|BlockStatement|StaticBlock|SwitchStatement|TSModuleBlock)$|^For\w*Statement$/;
    let node = index.parent(binder)!;
    while (!ends.test(node.type)) node = index.parent(node)!;
    return node;
  }

  /** Whether a variable is exported where it is declared. */
  isExported(id: SyntaxNode): boolean {
    const { index } = this.file;
    const declaration = index.parent(index.parent(id)!);
    return declaration !== undefined && index.parent(declaration)?.type === 'ExportNamedDeclaration';
  }

  /** Where JSDoc speaks of a local name. In TypeScript only its links do, of which the checker knows. */
  docUses(name: string): readonly SyntaxNode[] {
    return docsOf(this.file).names(name).filter(this.#isKnownInDocs);
  }

  /** Where JSDoc takes something from a namespace: the `X` of `ns.X`. */
  docMembers(namespace: string): readonly SyntaxNode[] {
    return docsOf(this.file).members(namespace).filter(this.#isKnownInDocs);
  }

  readonly #isKnownInDocs = (word: SyntaxNode) =>
    /\.[cm]?jsx?$/.test(this.file.path) || this.#exportUsages.has(word.start);

  /** Writes another name over a word, once, however many forms reach it. `text` is the whole new text of `range`. */
  rename(word: SyntaxNode, range: TextRange, text: string, group: string): void {
    if (this.#renamed.has(range.start) || this.file.text.slice(range.start, range.end) === text) return;
    this.#renamed.add(range.start);
    this.editor.edit(range, text, this.take(word), group);
  }

  /** The ids of the usages of exports that stand where a word does; each is given out once. */
  take(...words: readonly SyntaxNode[]): readonly string[] {
    return words.flatMap((word) => {
      const start = isPlainText(word) ? word.start + 1 : word.start;
      const id = this.#exportUsages.get(start)?.id ?? this.#untied.get(start);
      this.#exportUsages.delete(start);
      this.#untied.delete(start);
      return id === undefined ? [] : [id];
    });
  }

  /**
   * Gives a property of an object literal that is written short, `{ X }`, another key or another value: `{ Y: X }`. Both
   * may happen, each for its own reason; then the two are held back together.
   */
  renameShorthand(word: SyntaxNode, change: { readonly key?: string; readonly value?: string }, group: string): void {
    const name = word.name as string;
    const { key, value } = { key: name, value: name, ...this.#shorthands.get(word.start), ...change };
    this.#shorthands.set(word.start, { key, value });
    const range = { start: word.start, end: word.start + name.length };
    const { usages } = this.editor.lift(range, group);
    this.editor.edit(range, key === value ? key : `${key}: ${value}`, [...usages, ...this.take(word)], group);
  }

  /** Usages of exports that nothing has answered. */
  remaining(): readonly Usage[] {
    return [...this.#exportUsages.values()];
  }

  /** How a specifier reads when it leads to another module. Only asked when {@link FileRewrite.cannotName} is not. */
  specifier(site: SpecifierSite, to: ModuleRef): string {
    const specifier = this.#write(site, to);
    if (specifier === undefined) throw new Error(`${this.file.path} cannot name ${formatModule(to)}`);
    return specifier + splitQuery(site.usage.text).query;
  }

  /** Why this file has no specifier for a module in place of the old one; `undefined` when it has. */
  cannotName(site: SpecifierSite, to: ModuleRef): Reason | undefined {
    return this.#write(site, to) === undefined ? this.editor.unnameable(to) : undefined;
  }

  /** Why a specifier may not be given up: under other conditions than the compiler's it leads to another module. */
  isConditional({ usage: { text }, destinations: { module } }: SpecifierSite): Reason | undefined {
    const { path: specifier } = splitQuery(text);
    if (!this.modules || isRelative(specifier) || !mayDiffer(this.modules.layout, specifier)) return undefined;
    const elsewhere = this.modules.elsewhere(this.file.path, specifier, module);
    const here = `'${text}' leads to ${formatModule(module)} here and to`;
    return elsewhere === undefined ? undefined : reason('conditional-specifier', `${here} ${elsewhere}`);
  }

  #write({ usage, destinations }: SpecifierSite, to: ModuleRef): string | undefined {
    const { module } = destinations;
    const old = splitQuery(usage.text).path;
    const known = module.kind === 'path' ? { old, oldModule: module.path } : { old };
    // What stands in for a module in another file reads as that file writes it.
    const from = usage.subject.kind === 'specifier' ? usage.subject.stub?.from : undefined;
    return this.editor.write({ ...known, ...(from && { from }), to, siblings: this.#siblings(usage.text) });
  }

  #siblings(self: string): readonly string[] {
    return this.editor.statements.map((each) => each.specifier).filter((each) => each !== self && isRelative(each));
  }

  /** Replaces the text between the quotes; nothing when it stays the same. Says whether there is an edit. */
  setSpecifier(site: SpecifierSite, to: ModuleRef, usages: readonly string[], group: string): boolean {
    const text = this.specifier(site, to);
    if (text === site.usage.text) return false;
    this.editor.edit({ start: site.literal.start + 1, end: site.literal.end - 1 }, text, usages, group);
    return true;
  }
}
