import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { relativeToRoot } from '../base/paths.ts';
import type { SurfaceReader } from '../compiler/surface-reader.ts';
import type { ModuleRef } from '../manifest/migration.ts';
import { type ModuleScope, readModuleScope } from './module-scope.ts';
import type { NamesBetweenPackages } from './package-names.ts';
import { type Ending, endingOf, relativeSpecifier } from './specifiers.ts';

/** The target's modules as they were before the migration. Paths are absolute unless they are called relative. */
export class TargetModules {
  readonly #root: string;
  readonly #reader: SurfaceReader;
  readonly #readText: (relative: string) => string | undefined;
  /** Texts that stand for the file's own: originals of proxies, canonical modules that the run makes. */
  readonly #texts: ReadonlyMap<string, string>;
  readonly #names: NamesBetweenPackages;
  readonly #scopes = new Map<string, ModuleScope | undefined>();

  constructor(
    root: string,
    reader: SurfaceReader,
    readText: (relative: string) => string | undefined,
    texts: ReadonlyMap<string, string>,
    names: NamesBetweenPackages = () => undefined,
  ) {
    this.#names = names;
    this.#root = root;
    this.#reader = reader;
    this.#readText = readText;
    this.#texts = texts;
  }

  /** The module's names; `undefined` when it has no text or does not parse. */
  scope(file: string): ModuleScope | undefined {
    if (!this.#scopes.has(file)) this.#scopes.set(file, this.#readScope(file));
    return this.#scopes.get(file);
  }

  /** How the modules of the target write a relative specifier in `file`, judged by what stands in it, then in `other`. */
  ending(file: string, other: string | undefined): Ending {
    const own = endingOf(this.scope(file)?.relativeSpecifiers ?? []);
    const others = other === undefined ? [] : (this.scope(other)?.relativeSpecifiers ?? []);
    return (
      own ??
      (other && path.extname(other) === path.extname(file) ? endingOf(others) : undefined) ??
      this.#reader.specifierEnding(file)
    );
  }

  /** How `file` names a module. Throws `PROXY_NO_SPECIFIER` when it lies in another package, which gives it no name. */
  specifier(file: string, ref: ModuleRef): string {
    if (ref.kind === 'package') return ref.specifier;
    const names = this.#names(relativeToRoot(this.#root, file) ?? file, ref);
    if (names !== undefined) return names[0] ?? throwUnnamed(relativeToRoot(this.#root, file) ?? file, ref.path);
    const to = path.posix.join(this.#root, ref.path);
    return relativeSpecifier(file, to, this.ending(file, to));
  }

  /** How `file` names a module of which only the file is known: of the target, or of a package. */
  specifierOf(file: string, to: string): string {
    const inPackage = /^.*\/node_modules\/(?:@types\/)?(.+)$/.exec(to)?.[1];
    if (inPackage === undefined) return relativeSpecifier(file, to, this.ending(file, to));
    const name = /^(@[^/]+\/)?[^/]+/.exec(inPackage)![0];
    return inPackage.replace(/\.d\.[cm]?ts$|\.[cm]?[jt]sx?$/, '').replace(/\/(dist\/)?index$/, '') || name;
  }

  /** The file that a specifier in `file` leads to. */
  resolve(specifier: string, file: string): string | undefined {
    return this.#reader.resolveSpecifier(specifier, file);
  }

  #readScope(file: string): ModuleScope | undefined {
    const text = this.#text(file);
    if (text === undefined) return undefined;
    try {
      return readModuleScope(relativeToRoot(this.#root, file) ?? file, text);
    } catch (error) {
      if (this.#texts.has(file)) throw error;
      return undefined;
    }
  }

  #text(file: string): string | undefined {
    const laid = this.#texts.get(file);
    if (laid !== undefined) return laid;
    const relative = relativeToRoot(this.#root, file);
    if (relative !== undefined) return this.#readText(relative);
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
  }
}

function throwUnnamed(file: string, module: string): never {
  throw new RerouteError({
    code: 'PROXY_NO_SPECIFIER',
    message: `The proxy at ${file} cannot name ${module}: it lies in another package, which gives it no name. Nothing was written.`,
    where: { file },
    next: "Add the module to 'exports' of that package's package.json, or export what is moved from one of its entries.",
  });
}
