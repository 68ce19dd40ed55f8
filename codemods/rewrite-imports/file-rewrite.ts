import type { ModuleRef } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Usage } from '../../src/survey/usage.ts';
import type { ImportEditor } from '../lib/import-editor.ts';
import type { ParsedFile } from '../lib/parse.ts';
import { isRelative, writeSpecifier } from '../lib/specifier-style.ts';
import type { ModuleFacts, RewriteTask } from '../lib/task.ts';
import type { SpecifierSite } from './form.ts';

/** One file while its imports are rewritten: what the readers of forms share. */
export class FileRewrite {
  readonly file: ParsedFile;
  readonly editor: ImportEditor;
  readonly modules: ModuleFacts | undefined;
  readonly #exportUsages = new Map<number, Usage>();

  constructor(file: ParsedFile, editor: ImportEditor, { usages, modules }: RewriteTask) {
    this.file = file;
    this.editor = editor;
    this.modules = modules;
    const exportUsages = usages.filter(({ subject }) => subject.kind === 'export');
    for (const usage of exportUsages) this.#exportUsages.set(usage.place.range.start, usage);
  }

  /** The ids of the usages of exports that stand where a word does; each is given out once. */
  take(...words: readonly SyntaxNode[]): readonly string[] {
    return words.flatMap((word) => {
      const usage = this.usageAt(word);
      if (!usage) return [];
      this.#exportUsages.delete(usage.place.range.start);
      return [usage.id];
    });
  }

  usageAt(word: SyntaxNode): Usage | undefined {
    const start = word.type === 'StringLiteral' ? word.start + 1 : word.start;
    return this.#exportUsages.get(start);
  }

  /** Usages of exports that nothing has answered. */
  remaining(): readonly Usage[] {
    return [...this.#exportUsages.values()];
  }

  /** How a specifier reads when it leads to another module. */
  specifier({ usage, destinations }: SpecifierSite, to: ModuleRef): string {
    const { module } = destinations;
    if (module.kind === 'path') {
      return writeSpecifier({
        from: this.file.path,
        old: usage.text,
        oldModule: module.path,
        to,
        siblings: this.#siblings(usage.text),
        relative: this.editor.relative,
      });
    }
    return writeSpecifier({ from: this.file.path, to, siblings: this.#siblings(usage.text) });
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
