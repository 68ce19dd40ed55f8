import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { isFile } from '../base/is-file.ts';
import { toPosix } from '../base/paths.ts';
import { formatModule, type ModuleRef } from '../manifest/migration.ts';
import { NearestConfig, parseConfig } from './nearest-config.ts';
import { readModule } from './read-surface.ts';
import type { Surface } from './surface.ts';
import { SurfaceProgram } from './surface-program.ts';
import { packageFolders, SurfaceResolver } from './surface-resolver.ts';
import { type TS, ts } from './ts-morph.ts';

/** Reads the surfaces of single modules of one target. Only they and what they import are loaded. */
export interface SurfaceReader {
  /** The module's file, absolute, `/` between segments; `undefined` when there is none. */
  resolve(ref: ModuleRef): string | undefined;
  /** The file that a specifier in a file leads to, both absolute; `undefined` when it leads nowhere. */
  resolveSpecifier(specifier: string, file: string): string | undefined;
  /** Loads modules that will be asked about: together they cost one program, one by one they cost one each. */
  include(refs: readonly ModuleRef[]): void;
  /** The module's surface; throws `MANIFEST_UNKNOWN_MODULE` when there is no such module. */
  surface(ref: ModuleRef): Surface;
  /** The surface of a module of which only the file is known; absolute. */
  surfaceOf(file: string): Surface;
  /** Lays texts over files (absolute paths); `null`: gone, `undefined`: as on disk again. */
  overlay(changes: ReadonlyMap<string, string | null | undefined>): void;
  /** The errors of these files (absolute paths), by file and line. */
  diagnostics(files: readonly string[], options?: DiagnosticOptions): readonly FileDiagnostic[];
  /** How the file's configuration wants relative specifiers to end. */
  specifierEnding(file: string): 'none' | 'js' | 'ts';
}

interface DiagnosticOptions {
  /** Specifiers that stand for a file wherever they do not resolve: `reroute/deprecation` in a target without it. */
  readonly standIns?: ReadonlyMap<string, string>;
}

export interface FileDiagnostic {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly code: number;
  /** The first line of the compiler's message, then those that say why, joined with `; `. */
  readonly message: string;
}

export interface SurfaceReaderOptions {
  /** The target's root, absolute. */
  readonly root: string;
  /** A configuration to use for all files instead of the nearest; absolute. */
  readonly tsconfig?: string;
  /** As in {@link SurfaceReader.overlay}. */
  readonly overlay?: ReadonlyMap<string, string | null | undefined>;
  /** What to do with a configuration that does not parse: throw `COMPILER_BAD_CONFIG` (default), or go on without it. */
  readonly onBadConfig?: 'throw' | 'ignore';
}

/** A reader for one target; it keeps a program per configuration until it is let go. */
export function createSurfaceReader(options: SurfaceReaderOptions): SurfaceReader {
  return new ProjectSurfaceReader(options);
}

/** The surface of one module. For several modules of a target make one {@link createSurfaceReader}. */
export function readSurface(options: SurfaceReaderOptions & { readonly module: ModuleRef }): Surface {
  return createSurfaceReader(options).surface(options.module);
}

/** For targets and files without a configuration: everything is read, nothing is demanded. */
const NO_CONFIG: TS.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  strict: false,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/** A file is not under `rootDir`, or not in the project's list: said of the project, not of the file. */
const OF_LAYOUT: ReadonlySet<number> = new Set([6059, 6307]);

class ProjectSurfaceReader implements SurfaceReader {
  readonly #root: string;
  readonly #tsconfig: string | undefined;
  readonly #programs = new Map<string, SurfaceProgram>();
  readonly #overlay = new Map<string, string | null>();
  readonly #resolver: SurfaceResolver;
  readonly #packages = new Map<string, string | undefined>();
  readonly #configs: NearestConfig;
  readonly #onBadConfig: 'throw' | 'ignore';

  constructor({ root, tsconfig, overlay, onBadConfig = 'throw' }: SurfaceReaderOptions) {
    this.#root = toPosix(root);
    this.#configs = new NearestConfig(this.#root);
    this.#resolver = new SurfaceResolver(this.#root);
    this.#tsconfig = tsconfig;
    this.#onBadConfig = onBadConfig;
    if (overlay) this.overlay(overlay);
  }

  resolve(ref: ModuleRef): string | undefined {
    if (ref.kind === 'path') {
      const file = path.posix.join(this.#root, ref.path);
      return this.#exists(file) ? file : undefined;
    }
    if (!this.#packages.has(ref.specifier)) this.#packages.set(ref.specifier, this.#resolvePackage(ref.specifier));
    return this.#packages.get(ref.specifier);
  }

  /** As the root sees it, or else a package of the target: strict package managers install where it is asked for. */
  #resolvePackage(specifier: string): string | undefined {
    const fromRoot = this.#resolveFrom(this.#root, specifier);
    if (fromRoot !== undefined) return fromRoot;
    for (const folder of packageFolders(this.#root)) {
      const found = this.#resolveFrom(folder, specifier);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #resolveFrom(folder: string, specifier: string): string | undefined {
    const from = path.posix.join(folder, 'reroute.config.ts');
    const { options } = this.#programOf(from);
    // Old resolution modes do not know a package's `exports`; whoever runs the target's code does.
    const modes = [
      options,
      { ...options, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    ];
    for (const mode of modes) {
      const found = this.#resolver.resolve(specifier, from, mode, ts.sys, ts.ModuleKind.ESNext);
      if (found) return toPosix(found.resolvedFileName);
    }
    return undefined;
  }

  resolveSpecifier(specifier: string, file: string): string | undefined {
    const { options, host } = this.#programOf(file);
    const [found] = this.#resolver.resolveAll([specifier], file, options, host);
    return found && toPosix(found.resolvedFileName);
  }

  include(refs: readonly ModuleRef[]): void {
    for (const ref of refs) {
      const file = this.resolve(ref);
      if (file) this.#programOf(file).include(file);
    }
  }

  surface(ref: ModuleRef): Surface {
    const file = this.resolve(ref);
    if (!file) {
      throw new RerouteError({
        code: 'MANIFEST_UNKNOWN_MODULE',
        message:
          ref.kind === 'path'
            ? `The manifest names the module '${formatModule(ref)}', but ${this.#root} has no such file.`
            : `The manifest names the package '${formatModule(ref)}', which does not resolve from ${this.#root}.`,
        where: { file: formatModule(ref) },
        next:
          ref.kind === 'path' ? 'Correct the path in the manifest.' : `Install it in the target, or correct the name.`,
      });
    }
    return this.surfaceOf(file);
  }

  surfaceOf(file: string): Surface {
    const [program, source] = this.#loaded(file);
    return readModule(program.getTypeChecker(), source);
  }

  overlay(changes: ReadonlyMap<string, string | null | undefined>): void {
    for (const [file, text] of changes) {
      if (text === undefined) this.#overlay.delete(file);
      else this.#overlay.set(file, text);
    }
    this.#changed();
  }

  diagnostics(files: readonly string[], { standIns }: DiagnosticOptions = {}): readonly FileDiagnostic[] {
    const found: FileDiagnostic[] = [];
    for (const [specifier, file] of standIns ?? []) this.#resolver.standIns.set(specifier, file);
    if (standIns) this.#changed();
    for (const file of files) {
      const [program, source] = this.#loaded(file);
      for (const one of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
        if (one.category !== ts.DiagnosticCategory.Error || one.start === undefined || OF_LAYOUT.has(one.code))
          continue;
        found.push({
          file,
          line: source.getLineAndCharacterOfPosition(one.start).line + 1,
          code: one.code,
          message: ts.flattenDiagnosticMessageText(one.messageText, '\n').replace(/\s*\n\s*/g, '; '),
        });
      }
    }
    return found;
  }

  specifierEnding(file: string): 'none' | 'js' | 'ts' {
    const options = this.#programOf(file).options;
    if (options.allowImportingTsExtensions) return 'ts';
    // Node's own rules hold where the format matters, and for JavaScript that nothing compiles.
    const isModule = ts.getImpliedNodeFormatForFile(file, undefined, ts.sys, options) === ts.ModuleKind.ESNext;
    return isModule || (!this.#configs.of(file) && /\.[cm]?js$/.test(file)) ? 'js' : 'none';
  }

  #exists(file: string): boolean {
    const laid = this.#overlay.get(file);
    return laid === undefined ? isFile(file) : laid !== null;
  }

  #changed(): void {
    for (const program of this.#programs.values()) program.changed();
  }

  /** The program that has the file, and the file in it. */
  #loaded(file: string): readonly [TS.Program, TS.SourceFile] {
    const holder = this.#programOf(file);
    holder.include(file);
    const { program } = holder;
    return [program, program.getSourceFile(file)!];
  }

  #programOf(file: string): SurfaceProgram {
    const config = this.#tsconfig ?? this.#configs.of(file);
    const isScript = /\.[cm]?jsx?$/.test(file);
    const key = `${config}#${isScript}`;
    const known = this.#programs.get(key);
    if (known) return known;
    const options = (config && parseConfig(config, isScript, this.#onBadConfig, this.#root)) || NO_CONFIG;
    const program = new SurfaceProgram(
      {
        ...options,
        noEmit: true,
        composite: false,
        incremental: false,
        skipLibCheck: true,
        ignoreDeprecations: '6.0',
      },
      { texts: this.#overlay, resolver: this.#resolver },
    );
    this.#programs.set(key, program);
    return program;
  }
}
