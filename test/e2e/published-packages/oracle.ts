import path from 'node:path';
import { Node, Project, ts } from 'ts-morph';

/** A text change as TypeScript's language service gives it, in offsets of the text before. */
export interface OracleEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a mapping of a class's method is for: its methods of that name, of which one may be static, by their names' offsets. */
export interface Method {
  readonly file: string;
  readonly className: string;
  readonly name: string;
  readonly at: readonly number[];
}

/** What is known of the receiver at a place: nothing, or by arm of its type where the member is declared (`<file>:<offset>`). */
export type Receiver = 'any' | readonly (readonly string[])[];

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
    return this.referencesAt(file, [name.getStart()]);
  }

  /** Every method that a class declares which its module exports by name, static ones included, in the order of the files. */
  methods(): readonly Method[] {
    return this.#project.getSourceFiles().flatMap((source) =>
      source.getClasses().flatMap((declared) => {
        const className = declared.getName();
        if (className === undefined || !source.getExportedDeclarations().get(className)?.includes(declared)) return [];
        const file = this.#relative(source.getFilePath());
        const byName = new Map<string, number[]>();
        for (const method of [...declared.getInstanceMethods(), ...declared.getStaticMethods()]) {
          const name = method.getNameNode();
          // Neither `#private` nor `[Symbol.iterator]` has a name that a manifest could say.
          if (!Node.isIdentifier(name)) continue;
          byName.set(method.getName(), [...(byName.get(method.getName()) ?? []), name.getStart()]);
        }
        return [...byName].map(([name, at]) => ({ file, className, name, at }));
      }),
    );
  }

  /** As {@link references}, of what is named at any of some offsets. */
  referencesAt(file: string, offsets: readonly number[]): ReadonlySet<string> {
    const found = offsets.flatMap((at) => this.#service.findReferences(path.join(this.#root, file), at) ?? []);
    return new Set(
      found.flatMap(({ references }) =>
        references.map(({ fileName, textSpan }) => `${this.#relative(fileName)}:${textSpan.start}`),
      ),
    );
  }

  /** What the checker knows of what stands before a name and its dot; `undefined` when the name is no member there. */
  receiver(file: string, offset: number): Receiver | undefined {
    const name = this.#project.getSourceFileOrThrow(path.join(this.#root, file)).getDescendantAtPos(offset);
    const access = name?.getParent();
    if (!name || !Node.isPropertyAccessExpression(access) || access.getNameNode() !== name) return undefined;
    const type = access.getExpression().getType().getNonNullableType();
    if (type.isAny()) return 'any';
    return (type.isUnion() ? type.getUnionTypes() : [type]).map((arm) =>
      (arm.getProperty(name.getText())?.getDeclarations() ?? []).map(
        (declaration) =>
          `${this.#relative(declaration.getSourceFile().getFilePath())}:${nameOf(declaration).getStart()}`,
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

function nameOf(declaration: Node): Node {
  return Node.hasName(declaration) ? declaration.getNameNode() : declaration;
}

/** A text with edits in order. */
export function applyEdits(text: string, edits: readonly OracleEdit[]): string {
  return edits
    .toReversed()
    .reduce((after, { start, end, text: put }) => after.slice(0, start) + put + after.slice(end), text);
}
