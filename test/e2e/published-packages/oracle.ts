import path from 'node:path';
import { Node, Project, ts } from 'ts-morph';

/** A text change as TypeScript's language service gives it, in offsets of the text before. */
export interface OracleEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A method of a class: where it is declared, and its name's offset there. */
export interface Method {
  readonly file: string;
  readonly className: string;
  readonly name: string;
  readonly at: number;
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
    return this.referencesAt(file, name.getStart());
  }

  /** Every method that a class declares which its module exports by name, static ones included, in the order of the files. */
  methods(): readonly Method[] {
    return this.#project.getSourceFiles().flatMap((source) =>
      source.getClasses().flatMap((declared) => {
        const className = declared.getName();
        if (className === undefined || !source.getExportedDeclarations().get(className)?.includes(declared)) return [];
        const methods = [...declared.getInstanceMethods(), ...declared.getStaticMethods()];
        return methods.flatMap((method) => {
          const name = method.getNameNode();
          // Neither `#private` nor `[Symbol.iterator]` has a name that a manifest could say.
          if (!Node.isIdentifier(name)) return [];
          const [file, at] = [this.#relative(source.getFilePath()), name.getStart()];
          return [{ file, className, name: method.getName(), at }];
        });
      }),
    );
  }

  /** As {@link references}, of what is named at an offset. */
  referencesAt(file: string, offset: number): ReadonlySet<string> {
    const found = this.#service.findReferences(path.join(this.#root, file), offset) ?? [];
    return new Set(
      found.flatMap(({ references }) =>
        references.map(({ fileName, textSpan }) => `${this.#relative(fileName)}:${textSpan.start}`),
      ),
    );
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
