import path from 'node:path';
import { relativeToRoot } from '../base/paths.ts';
import type { Ancestor, CompilerSession, Declaration, FileRange } from '../compiler/contract.ts';
import type { ExportRef, Migration, ModuleRef } from '../manifest/migration.ts';
import { formatExport } from '../manifest/migration.ts';
import { declarationFileOf, isModuleFile } from './declaration-file.ts';
import type { TargetView } from './target-view.ts';

/** One declaration as a key: two places with the same key are the same declaration, whichever program answered. */
export function declarationKey(at: FileRange): string {
  return `${at.file}:${at.range.start}`;
}

/**
 * The declarations that the migration speaks of, as the compiler sees them now: a deprecated class before its proxy
 * stands, and the proxy's declarations afterwards.
 */
export class Anchors {
  readonly #session: CompilerSession;
  readonly #view: TargetView;
  readonly #exports = new Map<string, readonly Declaration[]>();
  readonly #keys = new Map<string, ReadonlySet<string>>();
  readonly #heritage = new Map<string, readonly Ancestor[]>();
  readonly #beyond = new Map<string, readonly Declaration[]>();
  readonly #satisfied = new Map<string, boolean>();
  readonly #packages = new Map<string, string | undefined>();

  constructor(session: CompilerSession, view: TargetView, importers: readonly string[]) {
    this.#session = session;
    this.#view = view;
    this.#importers = importers;
  }

  readonly #importers: readonly string[];

  /** The absolute file of a module; `undefined` when a package does not resolve from any file of the target. */
  moduleFile(module: ModuleRef): string | undefined {
    if (module.kind === 'path') return this.#view.absolute(module.path);
    if (!this.#packages.has(module.specifier)) {
      let file: string | undefined;
      for (const importer of this.#importers) {
        file = this.#session.resolveSpecifier(importer, module.specifier);
        if (file) break;
      }
      this.#packages.set(module.specifier, file);
    }
    return this.#packages.get(module.specifier);
  }

  /** Whether a file (absolute) is the module, or the declaration file that stands for it. */
  isModule(module: ModuleRef, file: string): boolean {
    const own = this.moduleFile(module);
    return own !== undefined && isModuleFile(file, own);
  }

  /** A JavaScript module and its declaration file declare the same, and both are asked for. None when it was taken away. */
  #filesOf(module: ModuleRef): readonly string[] {
    const file = this.moduleFile(module);
    if (file === undefined || (module.kind === 'path' && this.#isGone(module.path))) return [];
    const declarations = module.kind === 'path' ? declarationFileOf(module.path) : undefined;
    if (declarations === undefined || typeof this.#view.read(declarations) === 'string') return [file];
    return [file, this.#view.absolute(declarations)];
  }

  #isGone(file: string): boolean {
    let gone = this.#gone.get(file);
    if (gone === undefined) {
      gone = this.#view.read(file) === 'gone';
      this.#gone.set(file, gone);
    }
    return gone;
  }

  readonly #gone = new Map<string, boolean>();

  /** The names that a module exports; `undefined` when it does not resolve. */
  exportNames(module: ModuleRef): ReadonlySet<string> | undefined {
    const files = this.#filesOf(module);
    return files.length === 0 ? undefined : new Set(files.flatMap((file) => [...this.#session.exportsOf(file).keys()]));
  }

  /** Whether an export is a type and nothing else, so that it may only be handed on as one. */
  isType(ref: ExportRef): boolean {
    const own = this.#exported(ref);
    return own.length > 0 && own.every(({ kind }) => kind === 'interface' || kind === 'type');
  }

  /** Whether a `__mocks__` folder keeps a mock: beside a module of the target, anywhere for a package. */
  hasManualMock(module: ModuleRef): boolean {
    this.#manualMocks ??= new Set(
      this.#view
        .files()
        .filter((file) => MANUAL_MOCK.test(file))
        .map(withoutExtension),
    );
    if (module.kind === 'path') {
      const { dir, base } = path.posix.parse(module.path);
      return this.#manualMocks.has(path.posix.join(dir, '__mocks__', withoutExtension(base)));
    }
    return [...this.#manualMocks].some((file) => `/${file}`.endsWith(`/__mocks__/${module.specifier}`));
  }

  #manualMocks: ReadonlySet<string> | undefined;

  /** Whether an import of a file, as it is now, leads to a module. */
  takesFrom(file: string, module: ModuleRef): boolean {
    const source = this.#view.read(file);
    const target = this.moduleFile(module);
    if (typeof source === 'string' || target === undefined) return false;
    const specifiers = new Set([...source.text.matchAll(IMPORTED)].map((match) => match[2]!));
    return [...specifiers].some((each) => this.#session.resolveSpecifier(this.#view.absolute(file), each) === target);
  }

  /** What an export is declared as; empty when the module or the export is not there. */
  declarations(ref: ExportRef): readonly Declaration[] {
    const key = formatExport(ref);
    let known = this.#exports.get(key);
    if (!known) {
      const own = this.#exported(ref);
      // A proxy, and many a module, exports a type alias or a constant: the members belong to the class behind it.
      const shapes = own.flatMap((declaration) => this.#session.shape(declaration));
      known = [...new Map([...own, ...shapes].map((each) => [declarationKey(each), each])).values()];
      this.#exports.set(key, known);
    }
    return known;
  }

  #exported(ref: ExportRef): readonly Declaration[] {
    return this.#filesOf(ref.module).flatMap((file) => {
      const exports = this.#session.exportsOf(file);
      // `module.exports = Old` is what an `import` of the module calls its default.
      return exports.get(ref.name) ?? (ref.name === 'default' ? exports.get('export=') : undefined) ?? [];
    });
  }

  /** Whether `declaration` is one of the export's own. */
  is(ref: ExportRef, declaration: Declaration): boolean {
    const key = formatExport(ref);
    let keys = this.#keys.get(key);
    if (!keys) {
      keys = new Set(this.declarations(ref).map(declarationKey));
      this.#keys.set(key, keys);
    }
    return keys.has(declarationKey(declaration));
  }

  /** Whether an instance of the export may stand where `declaration` is asked for, by its shape alone. */
  satisfies(ref: ExportRef, declaration: Declaration): boolean {
    const key = `${formatExport(ref)}\0${declarationKey(declaration)}`;
    let known = this.#satisfied.get(key);
    if (known === undefined) {
      known = this.declarations(ref).some((own) => this.#session.accepts(declaration, own));
      this.#satisfied.set(key, known);
    }
    return known;
  }

  /** Whether `declaration` extends or implements the export, as far as a member goes. */
  descendsFrom(ref: ExportRef, declaration: Declaration, member: string): boolean {
    return this.ancestors(declaration, member).some((ancestor) => this.is(ref, ancestor));
  }

  /** Whether the export extends or implements `declaration`, as far as a member goes. */
  isAncestorOf(ref: ExportRef, declaration: Declaration, member: string): boolean {
    const key = declarationKey(declaration);
    return this.declarations(ref).some((own) => this.ancestors(own, member).some((a) => declarationKey(a) === key));
  }

  /** The declarations of a member that one of `owner` stands for as well, outside of the export and its subclasses. */
  declaredBeyond(ref: ExportRef, owner: Declaration, name: string): readonly Declaration[] {
    const isOwn = (one: Declaration) => this.is(ref, one) || this.descendsFrom(ref, one, name);
    const key = `${formatExport(ref)}\0${declarationKey(owner)}\0${name}`;
    let known = this.#beyond.get(key);
    if (!known) {
      const above = this.ancestors(owner, name).filter((ancestor) => !isOwn(ancestor));
      const declared = above.flatMap((ancestor) => this.#session.members(ancestor).get(name) ?? []);
      known = declared.filter((one) => one.owner && !isOwn(one.owner));
      this.#beyond.set(key, known);
    }
    return known;
  }

  /**
   * The declaration of a member, inside of the target, that both the export and `owner` extend or implement: who renames
   * it has to rename it in both. `undefined` when there is none.
   */
  sharedMember(ref: ExportRef, owner: Declaration, name: string): Declaration | undefined {
    const above = this.ancestors(owner, name).filter((each) => this.#isInTarget(each.file));
    const shared = above.find((each) => this.isAncestorOf(ref, each, name));
    return (
      shared &&
      this.#session
        .members(shared)
        .get(name)
        ?.find(({ file }) => this.#isInTarget(file))
    );
  }

  #isInTarget(file: string): boolean {
    const relative = relativeToRoot(this.#view.root, file);
    return relative !== undefined && !relative.split('/').includes('node_modules');
  }

  /** What a class or interface extends and implements, as far as a member goes; nearest first. */
  ancestors(declaration: Declaration, member: string): readonly Declaration[] {
    return this.ancestorsOf(declaration).filter(({ only }) => only === undefined || only.has(member));
  }

  /** What a class or interface extends and implements, at least as far as some member goes; nearest first. */
  ancestorsOf(declaration: Declaration): readonly Ancestor[] {
    if (declaration.kind !== 'class' && declaration.kind !== 'interface') return [];
    const key = declarationKey(declaration);
    let known = this.#heritage.get(key);
    if (!known) {
      known = this.#session.heritage(declaration);
      this.#heritage.set(key, known);
    }
    return known;
  }
}

/** Every file that the anchors of a migration stand in, relative to the root; packages have none. */
export function anchorFiles(migration: Migration): readonly string[] {
  const modules = migration.moves.flatMap((move) =>
    move.kind === 'module'
      ? [move.canonical, ...move.replaces]
      : [move.canonical.module, ...move.replaces.map((deprecated) => deprecated.export.module)],
  );
  for (const rule of migration.review) modules.push(rule.export.module);
  return [...new Set(modules.flatMap((module) => (module.kind === 'path' ? [module.path] : [])))];
}

const IMPORTED = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"`])([^'"`\n]+)\1/g;

const MANUAL_MOCK = /(?:^|\/)__mocks__\//;

function withoutExtension(file: string): string {
  return file.replace(/\.[cm]?[jt]sx?$/, '');
}
