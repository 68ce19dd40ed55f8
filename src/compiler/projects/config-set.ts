import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseJsonc } from './jsonc.ts';

/** A configuration file, as far as finding the owner of a file needs it. Paths are absolute. */
export interface Config {
  readonly file: string;
  /** The files that it includes, by its `files`, `include` and `exclude`. */
  readonly files: ReadonlySet<string>;
  /** The folders in which those files lie. */
  readonly folders: ReadonlySet<string>;
  /** The configurations that its `references` name, in order. */
  readonly references: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** What reading configurations needs from outside. */
export interface ConfigSource {
  /** The compiler's reading of a configuration that exists; `extends` followed. */
  parse(file: string): { readonly fileNames: readonly string[]; readonly options: Readonly<Record<string, unknown>> };
  read(file: string): string | undefined;
  exists(file: string): boolean;
}

/** The configurations of a target, each read once. */
export class ConfigSet {
  readonly #source: ConfigSource;
  readonly #configs = new Map<string, Config | undefined>();
  readonly #candidates = new Map<string, readonly Config[]>();
  readonly #ignored = new Set<string>();

  constructor(source: ConfigSource) {
    this.#source = source;
  }

  /** From now on as if the file were not there. */
  ignore(file: string): void {
    this.#ignored.add(file);
    this.#configs.clear();
    this.#candidates.clear();
  }

  read(file: string): Config | undefined {
    if (!this.#configs.has(file)) this.#configs.set(file, this.#load(file));
    return this.#configs.get(file);
  }

  /**
   * The configurations that may own files in and below a folder, the likeliest first: its tsconfig.json (or
   * jsconfig.json), what that references, and the folder's other `tsconfig*.json`.
   */
  candidates(folder: string): readonly Config[] {
    let found = this.#candidates.get(folder);
    if (found === undefined) {
      found = this.#collect(folder);
      this.#candidates.set(folder, found);
    }
    return found;
  }

  #collect(folder: string): readonly Config[] {
    const main = ['tsconfig.json', 'jsconfig.json'].map((name) => path.posix.join(folder, name));
    const start = main.filter((file) => this.#source.exists(file) && !this.#ignored.has(file)).slice(0, 1);
    const queue = [...start, ...otherConfigs(folder)];
    const seen = new Set<string>();
    const found: Config[] = [];
    const take = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const config = this.read(file);
      if (config === undefined) return;
      found.push(config);
      for (const reference of config.references) take(reference);
    };
    for (const file of queue) take(file);
    return found;
  }

  #load(file: string): Config | undefined {
    if (this.#ignored.has(file) || !this.#source.exists(file)) return undefined;
    const { fileNames, options } = this.#source.parse(file);
    return {
      file,
      files: new Set(fileNames),
      folders: new Set(fileNames.map((name) => path.posix.dirname(name))),
      references: this.#references(file),
      options,
    };
  }

  #references(file: string): readonly string[] {
    const value = parseJsonc(this.#source.read(file) ?? '');
    const entries = (value as { references?: unknown } | null | undefined)?.references;
    if (!Array.isArray(entries)) return [];
    return entries.flatMap((entry: unknown) => {
      const reference = (entry as { path?: unknown } | null)?.path;
      if (typeof reference !== 'string') return [];
      const target = path.posix.resolve(path.posix.dirname(file), reference);
      return [target.endsWith('.json') ? target : path.posix.join(target, 'tsconfig.json')];
    });
  }
}

function otherConfigs(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => /^tsconfig\..+\.json$/.test(name))
    .sort()
    .map((name) => path.posix.join(folder, name));
}
