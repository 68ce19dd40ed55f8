import path from 'node:path';
import { relativeToRoot } from '../base/paths.ts';
import { findWorkspacePackages } from '../compiler/projects/workspace-packages.ts';
import { type ExportRef, formatModule, type Migration, type ModuleRef } from '../manifest/migration.ts';
import type { ConfiguredNames, ModuleName } from './configured-names.ts';
import { isApart, packageName, packageOf, type TargetLayout } from './target-layout.ts';
import type { TargetView } from './target-view.ts';

/** Where a module is to be named: the file, and the specifier there whose place the name takes. */
export interface NameUse {
  readonly from: string;
  readonly old?: string;
  readonly oldModule?: string;
}

type PathRef = ModuleRef & { readonly kind: 'path' };

/** What names are held against. Files are absolute. */
export interface ModuleResolver {
  /** Where a specifier, written in a file, leads. */
  resolveSpecifier(file: string, specifier: string): string | undefined;
  /** As `CompilerSession.readings`. */
  readings(file: string, specifier: string): readonly string[];
  /** A module's exports by name, each with what tells its declaration apart from any other. */
  exportsOf(file: string): ReadonlyMap<string, string>;
}

export interface ModuleNamesOptions {
  readonly resolver: ModuleResolver;
  readonly view: TargetView;
  readonly migration: Migration;
  readonly configured: ConfiguredNames;
}

/**
 * How files may name the target's modules beside a relative path. Each name is asked of a compiler once per package, so
 * only while that is open.
 */
export class ModuleNames {
  readonly #options: ModuleNamesOptions;
  readonly #wanted: ReadonlyMap<string, ReadonlySet<string>>;
  #layout: TargetLayout | undefined;
  readonly #names = new Map<string, readonly string[]>();
  readonly #leads = new Map<string, boolean>();
  readonly #handed = new Map<string, boolean>();

  constructor(options: ModuleNamesOptions) {
    this.#options = options;
    this.#wanted = wantedNames(options.migration);
  }

  /**
   * The names that lead from a file to a module, those of the old specifier's kind first: `#…` for `#…`, an alias for an
   * alias, a package's name for a package's name. Another package may be named by an entry that hands on all that moves.
   */
  namesOf(module: ModuleRef, use: NameUse): readonly string[] {
    if (module.kind === 'package') return [];
    const kind = this.#kindOf(use);
    const own = this.#options.configured.homes.of(use.from);
    const isSelf = kind === 'exports' && this.#options.configured.homes.name(own) === packageName(use.old ?? '');
    const key = `${module.path}\0${own}\0${kind}\0${isSelf}`;
    let names = this.#names.get(key);
    if (names === undefined) {
      const candidates = new Set(this.#candidates(module, use.from, kind, isSelf));
      names = [...candidates].filter((specifier) => this.leadsTo(use.from, specifier, module));
      this.#names.set(key, names);
    }
    return names;
  }

  #candidates(module: PathRef, from: string, kind: ModuleName['by'] | undefined, isSelf: boolean): readonly string[] {
    const own = this.#options.configured.homes.of(from);
    const all = this.#options.configured.of(module.path);
    const by = (wanted: ModuleName['by']) =>
      all
        .filter((name) => name.by === wanted && (wanted !== 'imports' || name.home === own))
        .map(({ specifier }) => specifier);
    const isOutside = this.#isOutside(from, module);
    const alike = kind === undefined || (kind === 'exports' && !isSelf && !isOutside) ? [] : by(kind);
    if (!isOutside || !(kind === 'exports' || isApart(this.layout, from, module))) return alike;
    const entries = this.#options.configured.entries(packageOf(this.layout, module.path)!.folder);
    return [...alike, ...by('exports'), ...entries, ...by('paths')];
  }

  /** What can be told without a compiler. */
  get layout(): TargetLayout {
    if (!this.#layout) {
      const { view, configured, migration } = this.#options;
      const packages = findWorkspacePackages(view.root, (file) => view.bytes(file)?.toString('utf8'));
      const names = canonicalPaths(migration).map((file): [string, ReadonlySet<string>] => [
        file,
        new Set(configured.of(file).map(({ specifier }) => specifier)),
      ]);
      this.#layout = {
        packages: packages.map(({ name, folder }) => ({ name, folder: path.posix.relative(view.root, folder) })),
        packageNames: configured.homes.names(),
        names: new Map(names),
        sharedAliases: configured.sharedAliases(),
      };
    }
    return this.#layout;
  }

  /** Whether a specifier that is no relative one leads to a module, or to an entry of its package that hands it on. */
  leadsTo(from: string, specifier: string, module: ModuleRef): boolean {
    if (module.kind === 'package') return specifier === module.specifier;
    const key = `${path.posix.dirname(from)}\0${path.posix.extname(from)}\0${specifier}\0${module.path}`;
    let known = this.#leads.get(key);
    if (known === undefined) {
      const { resolver, view } = this.#options;
      const file = resolver.resolveSpecifier(view.absolute(from), specifier);
      known = file !== undefined && this.reaches(from, file, module);
      this.#leads.set(key, known);
    }
    return known;
  }

  /** Where else than to `module` a specifier leads, under other conditions or in another project; in words. */
  elsewhere(from: string, specifier: string, module: ModuleRef): string | undefined {
    if (module.kind === 'package') return undefined;
    const { configured, resolver, view } = this.#options;
    const stem = withoutExtension(module.path);
    const isOther = (file: string) => withoutExtension(file) !== stem;
    const targets = configured.targets(from, specifier).filter(isOther);
    if (targets.length > 0) return `${targets.join(' and ')} under other conditions of package.json`;
    const read = resolver.readings(view.absolute(from), specifier).map((file) => path.posix.relative(view.root, file));
    const others = read.filter((file) => isOther(file) && configured.isListed(file));
    return others.length > 0 ? `${others.join(' and ')} under another tsconfig` : undefined;
  }

  /** Whether a file (absolute) is the module, or, seen from another package, the entry that hands on all that moves to it. */
  reaches(from: string, file: string, module: ModuleRef): boolean {
    if (module.kind === 'package') return false;
    if (file === this.#options.view.absolute(module.path)) return true;
    return this.#isOutside(from, module) && this.#handsOn(file, module);
  }

  #isOutside(from: string, module: PathRef): boolean {
    const home = packageOf(this.layout, module.path);
    return home !== undefined && home.folder !== packageOf(this.layout, from)?.folder;
  }

  #kindOf({ old, oldModule }: NameUse): ModuleName['by'] | undefined {
    if (old === undefined || /^\.{1,2}(?:\/|$)/.test(old)) return undefined;
    if (old.startsWith('#')) return 'imports';
    const names = oldModule === undefined ? [] : this.#options.configured.of(oldModule);
    const known = names.find(({ specifier }) => specifier === old);
    if (known) return known.by;
    return this.layout.packages.some(({ name }) => name === packageName(old)) ? 'exports' : undefined;
  }

  #handsOn(file: string, module: PathRef): boolean {
    const { view } = this.#options;
    const relative = relativeToRoot(view.root, file);
    const home = packageOf(this.layout, module.path);
    if (relative === undefined || home === undefined || packageOf(this.layout, relative) !== home) return false;
    const key = `${file}\0${module.path}`;
    let known = this.#handed.get(key);
    if (known === undefined) {
      known = this.#exportsAlike(file, module);
      this.#handed.set(key, known);
    }
    return known;
  }

  /** Whether all that moves to a module is exported by a file as well, under the same names. */
  #exportsAlike(file: string, module: PathRef): boolean {
    const { view, resolver } = this.#options;
    const own = resolver.exportsOf(view.absolute(module.path));
    const handed = resolver.exportsOf(file);
    const names = [...(this.#wanted.get(module.path) ?? own.keys())];
    return names.length > 0 && names.every((name) => own.has(name) && own.get(name) === handed.get(name));
  }
}

/** The names that the migration moves to each module of the target; a module that moves as a whole has none here. */
function wantedNames({ moves }: Migration): ReadonlyMap<string, ReadonlySet<string>> {
  const wanted = new Map<string, Set<string>>();
  const add = ({ module, name }: ExportRef) => {
    const key = formatModule(module);
    wanted.set(key, (wanted.get(key) ?? new Set()).add(name));
  };
  for (const move of moves) {
    if (move.kind === 'module') continue;
    add(move.canonical);
    for (const ref of move.imports.values()) add(ref);
  }
  for (const move of moves) if (move.kind === 'module') wanted.delete(formatModule(move.canonical));
  return wanted;
}

/** The modules of the target that imports go to. */
function canonicalPaths({ moves }: Migration): readonly string[] {
  const modules = moves.flatMap((move) =>
    move.kind === 'module'
      ? [move.canonical]
      : [move.canonical.module, ...[...move.imports.values()].map(({ module }) => module)],
  );
  return [...new Set(modules.flatMap((module) => (module.kind === 'path' ? [module.path] : [])))];
}

function withoutExtension(file: string): string {
  return file.replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
}
