import { freeTypeNames } from './free-type-names.ts';
import type { ForeignName, ModuleScope } from './module-scope.ts';

/** What a {@link TypeWriter} asks of the target; files are absolute. */
export interface TypeSources {
  /** The names of a module; `undefined` for one that cannot be read. */
  scope(file: string): ModuleScope | undefined;
  /** How the proxy writes a specifier that stands in `file`; `undefined`: it may not import it at all. */
  specifier(specifier: string, file: string): string | undefined;
  /** How the proxy imports a module of the target; `undefined`: it may not. */
  specifierOf(file: string): string | undefined;
  /** Where a type that a deprecated module exports is now, when that is another place; as the proxy imports it. */
  successor(file: string, exported: string): ForeignName | undefined;
  /** The module that a specifier in `file` leads to. */
  resolve(specifier: string, file: string): string | undefined;
}

/** What names of the old module's top level are in its proxy. */
export interface HomeNames {
  /** Declared by the proxy: old local name → the proxy's. */
  readonly bound: ReadonlyMap<string, string>;
  /** Handed on by the proxy without a name of its own: old local name → where a type is imported from. */
  readonly handed: ReadonlyMap<string, ForeignName>;
  /** Types of the old module that the proxy exports under these names of theirs. */
  readonly types: ReadonlySet<string>;
  /** Every name that the proxy declares or imports for other reasons. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Writes types of the old module into its proxy: names that the old module imported are imported, types that it
 * declared are declared again, and its own exports are those of the proxy.
 */
export class TypeWriter {
  /** Specifier → local name → imported name. Types only. */
  readonly imports = new Map<string, Map<string, string>>();
  /** Declarations by name, in the order in which they were needed. */
  readonly declarations = new Map<string, string>();
  /** Names that no proxy can write, each with the reason. */
  readonly unwritable = new Map<string, string>();
  readonly #home: string;
  readonly #names: HomeNames;
  readonly #sources: TypeSources;
  readonly #written = new Map<string, string>();

  /** `home`: the old module. */
  constructor(home: string, names: HomeNames, sources: TypeSources) {
    this.#home = home;
    this.#names = names;
    this.#sources = sources;
  }

  /** A type as the proxy writes it. `file`: where the text resolves. */
  write(text: string, file: string): string {
    return this.#within('type $ = ', text, ';', file);
  }

  /** A signature such as `<T>(a: A): B` as the proxy writes it. */
  writeSignature(text: string, file: string): string {
    return this.#within('interface $ { $', text, ' }', file);
  }

  /** `<T extends A>` as the proxy writes it. */
  writeParameters(text: string, file: string): string {
    return text === '' ? '' : this.#within('interface $', text, ' {}', file);
  }

  /** Declares a type of the old module again and gives its name in the proxy. */
  redeclare(name: string, file: string): string {
    return this.#name(name, file);
  }

  #within(before: string, text: string, after: string, file: string): string {
    const written = this.#declaration(before + text + after, file);
    return written.slice(before.length, written.length - after.length);
  }

  #declaration(text: string, file: string): string {
    let written = '';
    let at = 0;
    for (const name of freeTypeNames(text)) {
      written += text.slice(at, name.start);
      written += name.kind === 'module' ? this.#module(name.text, file) : this.#name(name.text, file);
      at = name.end;
    }
    return written + text.slice(at);
  }

  #module(specifier: string, file: string): string {
    const written = specifier.startsWith('/')
      ? this.#sources.specifierOf(specifier)
      : this.#sources.specifier(specifier, file);
    if (written === undefined) this.unwritable.set(`import("${specifier}")`, 'the proxy cannot import that module');
    return written ?? specifier;
  }

  #name(name: string, file: string): string {
    const key = `${file}#${name}`;
    const known = (file === this.#home ? this.#names.bound.get(name) : undefined) ?? this.#written.get(key);
    if (known !== undefined) return known;
    const handed = file === this.#home ? this.#names.handed.get(name) : undefined;
    if (handed) return this.#import(key, name, handed.specifier, handed.imported);
    const scope = this.#sources.scope(file);
    const foreign = scope?.imports.get(name);
    if (foreign) return this.#foreign(key, name, foreign.specifier, foreign.imported, file);
    const local = scope?.locals.get(name);
    // Neither imported nor declared: a global.
    if (!local) return name;
    if (file !== this.#home) {
      const exported = [...(scope?.exports ?? [])].find(([, of]) => of === name)?.[0];
      const successor = exported === undefined ? undefined : this.#sources.successor(file, exported);
      if (successor) return this.#import(key, name, successor.specifier, successor.imported);
      const specifier = exported === undefined ? undefined : this.#sources.specifierOf(file);
      if (specifier !== undefined) return this.#import(key, name, specifier, exported!);
    }
    if (local.kind === 'value') {
      this.unwritable.set(name, `it is a value of ${file === this.#home ? 'the old module' : file}, not only a type`);
      return name;
    }
    const here = file === this.#home && this.#names.types.has(name) ? name : this.#unused(name);
    this.#written.set(key, here);
    this.declarations.set(here, '');
    const renamed =
      here === name
        ? local.text
        : local.text.replace(new RegExp(`\\b(interface|type)\\s+${name}\\b`, 'g'), `$1 ${here}`);
    this.declarations.set(here, this.#declaration(renamed, file));
    return here;
  }

  #foreign(key: string, name: string, specifier: string, imported: string, file: string): string {
    const target = this.#sources.resolve(specifier, file);
    const successor = target && this.#sources.successor(target, imported);
    if (successor) return this.#import(key, name, successor.specifier, successor.imported);
    const written = this.#sources.specifier(specifier, file);
    if (written !== undefined) return this.#import(key, name, written, imported);
    const local = target && this.#sources.scope(target)?.exports.get(imported);
    if (target && local !== undefined) {
      const there = this.#name(local, target);
      this.#written.set(key, there);
      return there;
    }
    this.unwritable.set(name, `the proxy cannot import it from '${specifier}'`);
    return name;
  }

  #import(key: string, name: string, specifier: string, imported: string): string {
    const here = this.#unused(name);
    this.#written.set(key, here);
    const names = this.imports.get(specifier) ?? new Map<string, string>();
    this.imports.set(specifier, names.set(here, imported));
    return here;
  }

  #unused(name: string): string {
    const taken = new Set([...this.#names.taken, ...this.#names.types, ...this.#written.values()]);
    let free = name;
    while (taken.has(free)) free += '_';
    return free;
  }
}
