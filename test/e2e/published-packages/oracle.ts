import path from 'node:path';
import { Project, ts } from 'ts-morph';

/** A text change as TypeScript's language service gives it, in offsets of the text before. */
export interface OracleEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What TypeScript 6's language service says of a target: another compiler than the one under test, asked another way.
 * Ask it before the target is changed.
 */
export class Oracle {
  readonly #root: string;
  readonly #project: Project;

  constructor(root: string, options: ts.CompilerOptions) {
    this.#root = root;
    this.#project = new Project({
      compilerOptions: {
        target: ts.ScriptTarget.ESNext,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        noEmit: true,
        types: [],
        ...options,
      },
    });
    this.#project.addSourceFilesAtPaths([`${root}/src/**/*.ts`, `${root}/src/**/*.js`]);
  }

  /** Every place that refers to a method of a class, its declaration and overrides included: `<file>:<offset>`. */
  references(file: string, className: string, method: string): ReadonlySet<string> {
    const source = this.#project.getSourceFileOrThrow(path.join(this.#root, file));
    const name = source.getClassOrThrow(className).getInstanceMethodOrThrow(method).getNameNode();
    const found = this.#service.findReferences(source.getFilePath(), name.getStart()) ?? [];
    const places = found.flatMap(({ references }) =>
      references.map(({ fileName, textSpan }) => `${this.#relative(fileName)}:${textSpan.start}`),
    );
    return new Set(places);
  }

  /** The edits, by file and in order, that moving a module asks for; its own specifiers are edits of its old path. */
  move(from: string, to: string): ReadonlyMap<string, readonly OracleEdit[]> {
    const changes = this.#service.getEditsForFileRename(
      path.join(this.#root, from),
      path.join(this.#root, to),
      {},
      { importModuleSpecifierPreference: 'relative' },
    );
    return new Map(
      changes.map(({ fileName, textChanges }) => {
        const edits = textChanges.map(({ span, newText }) => ({
          start: span.start,
          end: span.start + span.length,
          text: newText,
        }));
        return [this.#relative(fileName), edits.sort((a, b) => a.start - b.start)];
      }),
    );
  }

  get #service(): ts.LanguageService {
    return this.#project.getLanguageService().compilerObject;
  }

  #relative(file: string): string {
    return path.posix.relative(this.#root, file);
  }
}

/** A text with edits in order. */
export function applyEdits(text: string, edits: readonly OracleEdit[]): string {
  return edits
    .toReversed()
    .reduce((after, { start, end, text: put }) => after.slice(0, start) + put + after.slice(end), text);
}
