import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isFile } from '../base/is-file.ts';
import { toPosix } from '../base/paths.ts';
import { decode } from '../base/source-text.ts';
import type { SurfaceResolver } from './surface-resolver.ts';
import { Project, type TS, ts } from './ts-morph.ts';

/** Where ts-morph keeps TypeScript's own declarations, which it brings along in memory. */
const LIBRARY = '/node_modules/typescript/lib';

/** What programs of one target share: texts over files (`null`: gone), and where specifiers lead. */
export interface LaidTexts {
  readonly texts: ReadonlyMap<string, string | null>;
  readonly resolver: SurfaceResolver;
}

/**
 * A program over single modules and what they import. It is made when it is asked for, and anew after a change.
 *
 * ts-morph's own project sets the parents of all nodes and reads the comments of all declarations when it parses, which
 * for TypeScript's libraries alone takes longer than everything that is asked here.
 */
export class SurfaceProgram {
  readonly options: TS.CompilerOptions;
  readonly host: TS.CompilerHost;
  readonly #laid: LaidTexts;
  readonly #roots = new Set<string>();
  readonly #sources = new Map<string, { readonly text: string; readonly source: TS.SourceFile }>();
  #program: TS.Program | undefined;
  #isStale = true;

  constructor(options: TS.CompilerOptions, laid: LaidTexts) {
    this.options = options;
    this.#laid = laid;
    this.host = this.#newHost();
  }

  /** Makes a file (absolute path) part of the program. */
  include(file: string): void {
    if (this.#roots.has(file)) return;
    this.#roots.add(file);
    this.#isStale = true;
  }

  /** To be told when the shared texts or stand-ins changed. */
  changed(): void {
    this.#isStale = true;
  }

  get program(): TS.Program {
    if (this.#program && !this.#isStale) return this.#program;
    this.#program = ts.createProgram({
      rootNames: [...this.#roots].filter((file) => this.host.fileExists(file)),
      options: this.options,
      host: this.host,
      ...(this.#program && { oldProgram: this.#program }),
    });
    this.#isStale = false;
    return this.#program;
  }

  #newHost(): TS.CompilerHost {
    const { texts, resolver } = this.#laid;
    const host: TS.CompilerHost = {
      ...ts.createCompilerHost(this.options),
      getSourceFile: (file, how) => this.#source(file, how),
      getDefaultLibLocation: () => LIBRARY,
      getDefaultLibFileName: (options) => `${LIBRARY}/${ts.getDefaultLibFileName(options)}`,
      fileExists: (file) => isThere(file, texts),
      readFile: (file) => readText(file, texts),
      directoryExists: (folder) =>
        existsSync(folder) || [...texts].some(([file, text]) => text !== null && file.startsWith(`${folder}/`)),
      writeFile: () => {},
      resolveModuleNames: (names, file) => resolver.resolveAll(names, file, this.options, host),
    };
    return host;
  }

  #source(file: string, how: TS.ScriptTarget | TS.CreateSourceFileOptions): TS.SourceFile | undefined {
    if (path.posix.dirname(toPosix(file)) === LIBRARY) return librarySource(file, how, this.options);
    const text = readText(file, this.#laid.texts);
    if (text === undefined) return undefined;
    const known = this.#sources.get(file);
    if (known?.text === text) return known.source;
    const source = parse(file, text, how, ts.JSDocParsingMode.ParseAll);
    this.#sources.set(file, { text, source });
    return source;
  }
}

function parse(
  file: string,
  text: string,
  how: TS.ScriptTarget | TS.CreateSourceFileOptions,
  jsDocParsingMode: TS.JSDocParsingMode,
): TS.SourceFile {
  const options = typeof how === 'object' ? how : { languageVersion: how };
  return ts.createSourceFile(file, text, { ...options, jsDocParsingMode }, false);
}

/** Options that say where files are; neither the parser nor the binder asks. */
const PLACES: ReadonlySet<string> = new Set([
  'configFilePath',
  'configFile',
  'pathsBasePath',
  'paths',
  'baseUrl',
  'rootDir',
  'rootDirs',
  'outDir',
  'typeRoots',
  'tsBuildInfoFile',
  'declarationDir',
]);

/** How many sets of options have their own libraries at a time. */
const SETS = 4;
const libraries = new Map<string, Map<string, TS.SourceFile>>();

/**
 * One of TypeScript's own declarations, parsed once in this process for all programs of the same options, as the language
 * service shares sources between projects: what the binder leaves in them depends on the options only.
 */
function librarySource(
  file: string,
  how: TS.ScriptTarget | TS.CreateSourceFileOptions,
  options: TS.CompilerOptions,
): TS.SourceFile | undefined {
  const key = JSON.stringify([how, options], (name, value: unknown) => (PLACES.has(name) ? undefined : value));
  let sources = libraries.get(key);
  if (!sources) {
    const [oldest] = libraries.keys();
    if (oldest !== undefined && libraries.size === SETS) libraries.delete(oldest);
    sources = new Map();
    libraries.set(key, sources);
  }
  const known = sources.get(file);
  if (known) return known;
  const text = libraryText(file);
  if (text === undefined) return undefined;
  const source = parse(file, text, how, ts.JSDocParsingMode.ParseNone);
  sources.set(file, source);
  return source;
}

let library: TS.ModuleResolutionHost | undefined;

function libraryText(file: string): string | undefined {
  library ??= new Project({ skipAddingFilesFromTsConfig: true }).getModuleResolutionHost();
  return library.readFile(file);
}

function isThere(file: string, texts: LaidTexts['texts']): boolean {
  const laid = texts.get(file);
  return laid === undefined ? isFile(file) : laid !== null;
}

function readText(file: string, texts: LaidTexts['texts']): string | undefined {
  const laid = texts.get(file);
  if (laid !== undefined) return laid ?? undefined;
  if (!isFile(file)) return undefined;
  const source = decode(readFileSync(file));
  return typeof source === 'string' ? '' : source.text;
}
