import path from 'node:path';
import { findRelativeModule } from '../relative-module.ts';
import type { Programs } from './programs.ts';
import type { SymbolReader } from './symbol-reader.ts';
import { isSourceFile, type NativeSymbol } from './typescript.ts';

interface Found {
  readonly file: string | undefined;
  readonly isMissing: boolean;
}

/** No such module; it needs its extension in this mode; it is found in another mode. */
const MISSING = new Set([2307, 2792, 2834, 2835]);

/**
 * Finds where specifiers lead. One that is written in the file is asked for where it stands; any other is written into
 * a probe beside the file, a program of its own that costs a few milliseconds. A relative specifier that leads to
 * something else than a module (a script, JavaScript in a project without it) is looked up on disk.
 */
export class Specifiers {
  readonly #programs: Programs;
  readonly #probed = new Map<string, Found>();
  /** Those that the checker answered where they stand. */
  readonly #seen = new Set<string>();

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  /** Forgets what was found; the target changed. */
  clear(): void {
    this.#probed.clear();
    this.#seen.clear();
  }

  find(file: string, specifier: string): string | undefined {
    const written = this.#written(file, specifier);
    if (written !== undefined) this.#seen.add(keyOf(file, specifier));
    return written ?? this.probe(file, specifier);
  }

  /** As {@link Specifiers.find}, for a specifier that the checker does not answer where it stands. */
  probe(file: string, specifier: string): string | undefined {
    return this.#probe(file, specifier).file;
  }

  /** Whether the checker reports that there is no such module, although there is such a file. */
  isMissing(file: string, specifier: string): boolean {
    if (this.#seen.has(keyOf(file, specifier))) return false;
    return this.#written(file, specifier) === undefined && this.#probe(file, specifier).isMissing;
  }

  #probe(file: string, specifier: string): Found {
    const key = keyOf(file, specifier);
    let found = this.#probed.get(key);
    if (found === undefined) {
      const probe = path.posix.join(path.posix.dirname(file), `reroute-probe${path.posix.extname(file)}`);
      const asked = this.#ask(file, probe, specifier);
      found = asked.file === undefined ? { ...asked, file: this.#relative(file, specifier) } : asked;
      this.#probed.set(key, found);
    }
    return found;
  }

  #ask(file: string, probe: string, specifier: string): Found {
    const owner = this.#programs.of(file);
    const before = 'import * as probe from ';
    return this.#programs.probe(owner, probe, `${before}${JSON.stringify(specifier)};\n`, (reader) => {
      const { project } = reader;
      const found = moduleFile(project.checker.getSymbolAtPosition(probe, before.length + 1), reader);
      if (found !== undefined) return { file: found, isMissing: false };
      const isMissing = project.program.getSemanticDiagnostics(probe).some(({ code }) => MISSING.has(code));
      return { file: undefined, isMissing };
    });
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

/** Files of one folder and kind see the same. */
function keyOf(file: string, specifier: string): string {
  return `${path.posix.dirname(file)}\0${path.posix.extname(file)}\0${specifier}`;
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
