import path from 'node:path';
import type { ExportSurface } from '../compiler/surface.ts';
import type { SurfaceReader } from '../compiler/surface-reader.ts';
import { type ExportRef, formatExport, type Migration } from '../manifest/migration.ts';
import { CanonicalMembers, type DeprecatedClass } from './canonical-members.ts';
import { Carriers } from './carriers.ts';
import { type CheckedProxy, checkProxies } from './check-proxies.ts';
import { type CollectedModule, type CollectedModules, collectModules } from './collect-modules.ts';
import type { DeprecatedModule } from './deprecated-module.ts';
import type { DescribeContext } from './describe-context.ts';
import { describeProxy } from './describe-proxy.ts';
import { withOneInstance } from './entry-points.ts';
import { typesOf } from './export-types.ts';
import type { ForeignName } from './module-scope.ts';
import { OverriddenMembers } from './overridden-members.ts';
import type { NamesBetweenPackages } from './package-names.ts';
import type { ProxyEntry, ProxyModule, Source } from './proxy-module.ts';
import { type ProxyProblem, throwProblems, unknownExport } from './proxy-problem.ts';
import { type RenderedProxy, renderProxy } from './render-proxy.ts';
import { runtimeTypes } from './runtime-types.ts';
import { TargetModules } from './target-modules.ts';
import type { TypeSources } from './type-writer.ts';

export interface ProxyRequest {
  readonly migration: Migration;
  /** The target's root, absolute. */
  readonly root: string;
  readonly reader: SurfaceReader;
  /** A file's text, by path relative to the root; with its byte order mark if it has one. */
  readonly readText: (path: string) => string | undefined;
  /** What stood at a path before this migration; the ledger knows. Left out: nothing is known. */
  readonly readOriginal?: (path: string) => string | undefined;
  /** The target's source files, relative, in which subclasses of deprecated classes are looked for; left out: none. */
  readonly files?: readonly string[];
  /** Leave proxies alone of which nobody knows what they replaced, whatever they are; left out: stale ones are refused. */
  readonly leaveLost?: boolean;
  /** How files name modules in other packages of a workspace; left out: by their paths. */
  readonly names?: NamesBetweenPackages;
  /** How proxies import the run-time part; `reroute/deprecation` when left out. */
  readonly deprecationSpecifier?: string;
}

/** A proxy's text, what it was made for, and what it exports. */
export interface MadeProxy {
  readonly module: CollectedModule;
  /** What is kept of the old implementation beside it. */
  readonly legacy: CollectedModule['legacy'];
  readonly entries: readonly ProxyEntry[];
  readonly unkept: readonly string[];
  readonly text: string;
}

/** Where proxies will stand, and so what they may import and how. */
export interface Placement {
  readonly command: string;
  sources(modules: TargetModules, file: string): Omit<TypeSources, 'successor'>;
  source(modules: TargetModules, file: string, ref: ExportRef): string;
}

/** Makes and checks the texts of all proxies of a migration; the reader is left as it was. */
export function makeProxies(
  request: ProxyRequest,
  placement: Placement,
): { readonly proxies: readonly MadeProxy[]; readonly collected: CollectedModules } {
  const { migration, root, reader, readText, readOriginal = () => undefined } = request;
  const collected = collectModules(migration, readText, readOriginal, request.leaveLost);
  const absolute = (file: string): string => path.posix.join(root, file);
  const before = new Map([
    ...collected.modules.map(({ path: file, original }) => [absolute(file), original] as const),
    ...[...collected.created].map(([file, { text }]) => [absolute(file), text] as const),
    ...collected.modules.flatMap(({ legacy }) => (legacy ? [[absolute(legacy.file), legacy.text] as const] : [])),
  ]);
  reader.overlay(before);
  try {
    const proxies = new ProxyMaker(request, placement, collected, before).make();
    return { proxies, collected };
  } finally {
    reader.overlay(new Map([...before.keys()].map((file) => [file, readText(path.posix.relative(root, file))])));
  }
}

class ProxyMaker {
  readonly #request: ProxyRequest;
  readonly #placement: Placement;
  readonly #targets: TargetModules;
  readonly #overridden: OverriddenMembers;
  readonly #modules: readonly { readonly collected: CollectedModule; readonly module: DeprecatedModule }[];

  constructor(
    request: ProxyRequest,
    placement: Placement,
    collected: CollectedModules,
    texts: ReadonlyMap<string, string>,
  ) {
    const { root, reader, readText, names } = request;
    this.#request = request;
    this.#placement = placement;
    this.#targets = new TargetModules(root, reader, readText, texts, names);
    reader.include(
      collected.modules.flatMap(({ path: file, canonicals }) => [{ kind: 'path' as const, path: file }, ...canonicals]),
    );
    this.#modules = collected.modules.map((one) => ({ collected: one, module: this.#module(one) }));
    this.#overridden = new OverriddenMembers(
      this.#modules.map(({ collected: { current }, module }) => ({ current, module })),
      { root, files: request.files ?? [], readText, modules: this.#targets },
    );
  }

  make(): readonly MadeProxy[] {
    const { reader, root, deprecationSpecifier = 'reroute/deprecation' } = this.#request;
    const classes = this.#modules.flatMap(({ module }): DeprecatedClass[] =>
      [...module.replaced].flatMap(([name, { move, deprecated }]) => {
        const surface = module.surface.exports.get(name)!;
        return surface.kind === 'class' ? [{ move, deprecated, surface }] : [];
      }),
    );
    const members = new CanonicalMembers(classes);
    const problems: ProxyProblem[] = [];
    const described = this.#modules.map(({ collected, module }) => {
      const { problems: found, ...one } = describeProxy(module, this.#context(members));
      problems.push(...found);
      return { collected, module, ...one };
    });
    throwProblems(problems);
    const rendered = withOneInstance(described, this.#request.readText).map(({ collected, module, proxy, unkept }) => {
      const { text, unwritable, clashes } = this.#render(proxy, module, members);
      for (const [name, why] of unwritable) {
        problems.push({
          code: 'PROXY_UNMAPPED_EXPORT',
          of: module.path,
          text: `${name} is needed for a type, but ${why}`,
        });
      }
      for (const name of clashes) {
        problems.push({
          code: 'PROXY_TYPES',
          of: module.path,
          text: `a mapping uses ${name}, and the module exports that name`,
        });
      }
      return { collected, module, proxy, unkept, text };
    });
    throwProblems(problems);
    // A body that also serves other classes' calls takes anything; alone, the class's own mappings are typed.
    const typedAlone = ({ module, proxy }: (typeof rendered)[number]) =>
      proxy.entries.some(servesOthers)
        ? this.#render(describeProxy(module, { ...this.#context(members), ownOnly: true }).proxy, module, members).text
        : undefined;
    const checked = rendered.map((one): CheckedProxy => {
      const { module, proxy, text } = one;
      return {
        module,
        proxy,
        text,
        typedText: typedAlone(one),
        file: module.surface.file,
        canonical: (name) => {
          const replaced = module.replaced.get(name);
          return replaced ? this.#canonical(replaced.move.canonical) : this.#homeOf(module, name);
        },
      };
    });
    reader.overlay(new Map(rendered.map(({ collected, text }) => [path.posix.join(root, collected.path), text])));
    throwProblems(checkProxies(checked, reader, runtimeTypes(deprecationSpecifier)));
    return rendered.map(({ collected, proxy, unkept, text }) => ({
      module: collected,
      legacy: proxy.fallback === undefined ? undefined : collected.legacy,
      entries: proxy.entries,
      unkept,
      text,
    }));
  }

  #context(members: CanonicalMembers): DescribeContext {
    return {
      members,
      carriers: new Carriers(this.#deprecated(), this.#targets),
      overridden: (move) => this.#overridden.of(move),
      canonical: (ref) => this.#canonical(ref),
      source: (ref, of) => this.#source(ref, of),
    };
  }

  #deprecated(): readonly DeprecatedModule[] {
    return this.#modules.map(({ module }) => module);
  }

  #render(proxy: ProxyModule, module: DeprecatedModule, members: CanonicalMembers): RenderedProxy {
    const { migration, deprecationSpecifier = 'reroute/deprecation' } = this.#request;
    const sources = this.#placement.sources(this.#targets, module.surface.file);
    // An adapter is a class of its own: what the canonical code makes is none.
    const carriers = new Carriers(this.#deprecated(), this.#targets, (one) => !members.needsAdapter(one));
    return renderProxy(proxy, module, {
      migration,
      deprecationSpecifier,
      command: this.#placement.command,
      types: {
        ...sources,
        successor: (file, exported) => this.#successor(file, exported, module),
      },
      imports: this.#imports(module),
      carriers,
      loads: this.#loads(module, carriers, sources),
    });
  }

  /** Modules whose proxies install what the types of this one promise, as the proxy names them. */
  #loads(
    { surface }: DeprecatedModule,
    carriers: Carriers,
    { specifierOf }: Pick<TypeSources, 'specifierOf'>,
  ): readonly string[] {
    const homes = [...surface.exports.values()].flatMap((one) =>
      typesOf(one).flatMap((type) => carriers.homesOf(type, one.declaredIn)),
    );
    const others = [...new Set(homes)].filter((home) => home !== surface.file);
    return others.flatMap((home) => specifierOf(home) ?? []).sort();
  }

  #module({ path: file, original, replaced, canonicals, moved, legacy }: CollectedModule): DeprecatedModule {
    const { reader, root } = this.#request;
    const surface = reader.surface({ kind: 'path', path: file });
    for (const name of replaced.keys()) {
      if (!surface.exports.has(name)) throw unknownExport(file, name, [...surface.exports.keys()]);
    }
    const scope = this.#targets.scope(path.posix.join(root, file))!;
    return {
      path: file,
      text: original,
      scope,
      surface,
      replaced,
      canonicals: canonicals.map((ref) => ({ ref, surface: reader.surface(ref) })),
      moved: moved !== undefined,
      legacy: legacy && path.posix.join(root, legacy.file),
    };
  }

  #canonical(ref: ExportRef): ExportSurface {
    const { exports } = this.#request.reader.surface(ref.module);
    const found = exports.get(ref.name);
    if (!found) throw unknownExport(formatExport(ref).split('#')[0]!, ref.name, [...exports.keys()]);
    return found;
  }

  /** Types only: the type of a class may carry deprecated members, and that is the proxy's. */
  #successor(file: string, name: string, asked: DeprecatedModule): ForeignName | undefined {
    const module = this.#modules.find((one) => one.module.surface.file === file)?.module;
    const old = module?.surface.exports.get(name);
    if (!module || !old || (old.kind !== 'interface' && old.kind !== 'type')) return undefined;
    const replaced = module.replaced.get(name)?.move.canonical;
    const home = module.canonicals.find(({ surface }) => surface.exports.has(name));
    const ref = replaced ?? (home && { module: home.ref, name });
    return ref && { specifier: this.#source(ref, asked).specifier, imported: ref.name };
  }

  #homeOf(module: DeprecatedModule, name: string): ExportSurface | undefined {
    return module.canonicals.map(({ surface }) => surface.exports.get(name)).find((found) => found !== undefined);
  }

  #source(ref: ExportRef, module: DeprecatedModule): Source {
    const file = module.surface.file;
    const to = this.#request.reader.resolve(ref.module);
    const scope = to === undefined ? undefined : this.#targets.scope(to);
    return {
      specifier: this.#placement.source(this.#targets, file, ref),
      imported: ref.name,
      whole: ref.name === 'default' && (scope?.wholeExport ?? false),
    };
  }

  /** The names of all moves that share a canonical export with the module: what they install is in its proxy too. */
  #imports(module: DeprecatedModule): ReadonlyMap<string, ForeignName> {
    const imports = new Map<string, ForeignName>();
    const own = [...module.replaced.values()].map(({ move }) => move);
    const keys = new Set(own.map(({ canonical }) => formatExport(canonical)));
    const sharing = this.#request.migration.moves.flatMap((move) =>
      move.kind === 'export' && keys.has(formatExport(move.canonical)) ? [move] : [],
    );
    for (const move of [...own, ...sharing]) {
      for (const [name, ref] of move.imports) {
        if (!imports.has(name))
          imports.set(name, { specifier: this.#source(ref, module).specifier, imported: ref.name });
      }
    }
    return imports;
  }
}

function servesOthers(entry: ProxyEntry): boolean {
  return (
    entry.form === 'members' &&
    entry.members.some(
      ({ forward, surface }) => forward !== undefined && !forward.typed && surface.signatures.length === 1,
    )
  );
}
