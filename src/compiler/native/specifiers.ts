import path from 'node:path';
import { findRelativeModule } from '../relative-module.ts';
import type { Programs } from './programs.ts';
import type { SymbolReader } from './symbol-reader.ts';
import { isSourceFile, type NativeSymbol } from './typescript.ts';

/**
 * Finds where specifiers lead. One that is written in the file is asked for where it stands; any other is written into
 * a probe beside the file, a program of its own that costs a few milliseconds. A relative specifier that leads to
 * something else than a module (a script, JavaScript in a project without it) is looked up on disk.
 */
export class Specifiers {
  readonly #programs: Programs;
  readonly #probed = new Map<string, string | undefined>();

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  /** Forgets what was found; the target changed. */
  clear(): void {
    this.#probed.clear();
  }

  find(file: string, specifier: string): string | undefined {
    return this.#written(file, specifier) ?? this.probe(file, specifier);
  }

  /** As {@link Specifiers.find}, for a specifier that the checker does not answer where it stands. */
  probe(file: string, specifier: string): string | undefined {
    const extension = path.posix.extname(file);
    const key = `${path.posix.dirname(file)}\0${extension}\0${specifier}`;
    if (!this.#probed.has(key)) {
      const probe = path.posix.join(path.posix.dirname(file), `reroute-probe${extension}`);
      this.#probed.set(key, this.#ask(file, probe, specifier) ?? this.#relative(file, specifier));
    }
    return this.#probed.get(key);
  }

  #ask(file: string, probe: string, specifier: string): string | undefined {
    const owner = this.#programs.of(file);
    const before = 'import * as probe from ';
    return this.#programs.probe(owner, probe, `${before}${JSON.stringify(specifier)};\n`, (reader) =>
      moduleFile(reader.project.checker.getSymbolAtPosition(probe, before.length + 1), reader),
    );
  }

  #relative(file: string, specifier: string): string | undefined {
    return findRelativeModule(file, specifier, (candidate) => this.#programs.files.exists(candidate));
  }

  #written(file: string, specifier: string): string | undefined {
    const { reader } = this.#programs.of(file);
    const text = this.#programs.files.read(file) ?? '';
    const offsets = [`'${specifier}'`, `"${specifier}"`].flatMap((quoted) => indexesOf(text, quoted));
    if (offsets.length === 0) return undefined;
    const symbols = reader.project.checker.getSymbolAtPosition(
      file,
      offsets.map((offset) => offset + 1),
    );
    for (const symbol of symbols) {
      const module = moduleFile(symbol, reader);
      // In a comment the checker gives the module that the comment stands in.
      if (module !== undefined && module !== file) return module;
    }
    return undefined;
  }
}

function moduleFile(symbol: NativeSymbol | undefined, reader: SymbolReader): string | undefined {
  if (symbol === undefined) return undefined;
  return reader.read(symbol).facts.find((fact) => isSourceFile(fact.node))?.declaration.file;
}

function indexesOf(text: string, part: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) found.push(at);
  return found;
}
