import type { Deprecated } from '../manifest/migration.ts';
import { memberMappings } from './canonical-members.ts';
import type { DeprecatedModule } from './deprecated-module.ts';
import { freeTypeNames } from './free-type-names.ts';
import type { ModuleScope } from './module-scope.ts';

/** What {@link Carriers} asks of the target; files are absolute. */
interface Modules {
  scope(file: string): ModuleScope | undefined;
  /** The module that a specifier in `file` leads to. */
  resolve(specifier: string, file: string): string | undefined;
}

/** A class by the module that exports it, absolute, and the name there. */
export interface Carrier {
  readonly file: string;
  readonly name: string;
}

/** The deprecated classes whose proxies carry old members, which the canonical class, under its own type, does not have. */
export class Carriers {
  /** By file, absolute: exported names. */
  readonly #carriers = new Map<string, ReadonlySet<string>>();
  readonly #modules: Modules;

  /** `counts`: which deprecated classes do; all when it is left out. */
  constructor(
    deprecated: readonly DeprecatedModule[],
    modules: Modules,
    counts: (deprecated: Deprecated) => boolean = () => true,
  ) {
    this.#modules = modules;
    for (const module of deprecated) this.#carriers.set(module.surface.file, new Set(carriedBy(module, counts)));
  }

  /** Whether a type, as it is written in a file, names one of them, in whatever module it is. */
  areNamed(type: string, file: string): boolean {
    return this.homesOf(type, file).length > 0;
  }

  /** The modules of those that a type names, as it is written in a file: absolute, once for each name. */
  homesOf(type: string, file: string): readonly string[] {
    const text = `type $ = ${type};`;
    const homes = freeTypeNames(text).map((name) => {
      if (name.kind === 'name') return this.find(name.text, file);
      // `import("/target/src/old/router").OldRouter`: how the checker writes what a file has no name for.
      const [, exported] = /^["']\)\.([\w$]+)/.exec(text.slice(name.end)) ?? [];
      return exported === undefined ? undefined : this.#export(exported, this.#fileNamed(name.text));
    });
    return homes.flatMap((home) => home?.file ?? []);
  }

  #fileNamed(withoutExtension: string): string | undefined {
    return [...this.#carriers.keys()].find((file) => file.replace(/\.[cm]?[jt]sx?$/, '') === withoutExtension);
  }

  /** The one that a name stands for in a file: its module and the name that it is exported by there. */
  find(local: string, file: string): Carrier | undefined {
    const scope = this.#modules.scope(file);
    const foreign = scope?.imports.get(local);
    if (foreign) return this.#export(foreign.imported, this.#modules.resolve(foreign.specifier, file));
    const exported = [...(scope?.exports ?? [])].filter(([, name]) => name === local).map(([name]) => name);
    const name = exported.find((each) => this.#carriers.get(file)?.has(each));
    return name === undefined ? undefined : { file, name };
  }

  /** The one that a module exports under a name. */
  exported(name: string, file: string): Carrier | undefined {
    return this.#export(name, file);
  }

  /** Barrels are followed; one that leads back to itself ends. */
  #export(name: string, file: string | undefined, seen = new Set<string>()): Carrier | undefined {
    if (file === undefined || seen.has(file)) return undefined;
    const scope = this.#modules.scope(file);
    if (name === '*' && scope?.wholeExport) return this.#export('default', file, seen);
    if (this.#carriers.get(file)?.has(name)) return { file, name };
    const next = new Set([...seen, file]);
    const foreign = scope?.reExports.get(name);
    if (foreign) return this.#export(foreign.imported, this.#modules.resolve(foreign.specifier, file), next);
    return (scope?.stars ?? [])
      .map((star) => this.#export(name, this.#modules.resolve(star, file), next))
      .find((home) => home !== undefined);
  }
}

function carriedBy(
  { replaced, surface }: DeprecatedModule,
  counts: (deprecated: Deprecated) => boolean,
): readonly string[] {
  return [...replaced].flatMap(([name, { deprecated }]) => {
    const old = surface.exports.get(name);
    return old?.kind === 'class' && counts(deprecated) && memberMappings({ deprecated, surface: old }).length > 0
      ? [name]
      : [];
  });
}
