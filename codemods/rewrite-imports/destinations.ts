import {
  type Deprecated,
  type ExportMove,
  type ExportRef,
  formatExport,
  formatModule,
  type Mapping,
  type ModuleRef,
  type Move,
} from '../../src/manifest/migration.ts';

/** Where a deprecated export is now. */
export interface Destination {
  readonly from: ExportRef;
  readonly to: ExportRef;
  /** Mappings of `new` and of calls; with any, the name moves only when all its uses can be said anew. */
  readonly called: readonly Mapping[];
  /** What moves it; absent when its whole module moves. */
  readonly move?: ExportMove;
}

/** Where the exports of one deprecated module go. */
export class Destinations {
  readonly module: ModuleRef;
  /** Where what no export move names goes; absent: it stays. */
  readonly rest: ModuleRef | undefined;
  readonly #named = new Map<string, Destination>();

  constructor(module: ModuleRef, moves: readonly Move[]) {
    this.module = module;
    const key = formatModule(module);
    this.rest = moves.find((move) => move.kind === 'module' && move.replaces.some((each) => formatModule(each) === key))
      ?.canonical as ModuleRef | undefined;
    for (const move of moves) {
      if (move.kind !== 'export') continue;
      for (const deprecated of move.replaces) {
        const { name } = deprecated.export;
        if (formatModule(deprecated.export.module) !== key || this.#named.has(name)) continue;
        this.#named.set(name, {
          from: deprecated.export,
          to: move.canonical,
          called: calledMappings(deprecated),
          move,
        });
      }
    }
  }

  /** Whether the module only changes its path. */
  get isWhole(): boolean {
    return this.#named.size === 0 && this.rest !== undefined;
  }

  /** The exports that the manifest names, in its order. */
  named(): readonly Destination[] {
    return [...this.#named.values()];
  }

  /** The one module that all exports with a destination go to; `undefined` when they go to several. */
  only(): ModuleRef | undefined {
    const modules = this.named().map(({ to }) => to.module);
    if (this.rest) modules.push(this.rest);
    return new Set(modules.map(formatModule)).size === 1 ? modules[0] : undefined;
  }

  of(name: string): Destination | undefined {
    const named = this.#named.get(name);
    if (named || !this.rest) return named;
    return { from: { module: this.module, name }, to: { module: this.rest, name }, called: [] };
  }
}

function calledMappings({ mappings }: Deprecated): readonly Mapping[] {
  return mappings.filter((mapping) => mapping.of !== 'member');
}

export function isCalled(destination: Destination): boolean {
  return destination.called.length > 0;
}

export function labelOf(destination: Destination): string {
  return formatExport(destination.from);
}

/** The modules that destinations lie in, each once, in order. */
export function modulesOf(destinations: readonly Destination[]): readonly string[] {
  return [...new Set(destinations.map(({ to }) => formatModule(to.module)))];
}
