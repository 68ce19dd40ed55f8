import { RerouteError } from '../../base/errors.ts';
import type {
  Ancestor,
  CompilerSession,
  Declaration,
  Diagnostic,
  FileRange,
  OpenOptions,
  ProjectInfo,
  Resolution,
} from '../contract.ts';
import { OverlayFiles } from '../overlay-files.ts';
import { badConfig, isSyntaxError } from '../projects/bad-config.ts';
import { isJavaScript } from '../projects/memory-config.ts';
import { isAccepted } from './accepts.ts';
import { readHeritage } from './heritage.ts';
import { resolvePlaces } from './place-resolver.ts';
import { type OpenProgram, Programs } from './programs.ts';
import { inOrder, readDiagnostics } from './read-diagnostics.ts';
import { findReferences } from './references.ts';
import { refusedSettings } from './refused-settings.ts';
import { Specifiers } from './specifiers.ts';
import { readExports, readMembers, readShape } from './structure.ts';

// What a project with references imports from them lies outside its own folder: right there, wrong in one program.
const NOT_UNDER_ROOT_DIR = 6059;

/** A {@link CompilerSession} on TypeScript's native compiler. */
export class NativeSession implements CompilerSession {
  readonly #root: string;
  readonly #onBadConfig: 'throw' | 'ignore';
  readonly #files = new OverlayFiles();
  readonly #programs: Programs;
  readonly #specifiers: Specifiers;
  readonly #ignored: Diagnostic[] = [];
  /** Syntax errors by file, until its text changes: half of the requests that a check would make. */
  readonly #syntaxErrors = new Map<string, readonly Diagnostic[]>();
  #closed = false;

  constructor(options: OpenOptions) {
    this.#root = options.root;
    this.#onBadConfig = options.onBadConfig ?? 'throw';
    this.#files.lay(options.overlay ?? []);
    this.#programs = new Programs(options, this.#files);
    this.#specifiers = new Specifiers(this.#programs);
    try {
      this.include(options.files);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get projects(): readonly ProjectInfo[] {
    this.#ensureOpen();
    return this.#programs.all.map((program) => ({
      config: program.planned.config.extends,
      files: program.planned.files.size,
      problems: [...(program.planned.config.extends === undefined ? this.#ignored : []), ...problemsOf(program)],
      refused: refusedSettings(program, (file) => this.#files.read(file)),
    }));
  }

  include(files: readonly string[]): void {
    this.#ensureOpen();
    this.#programs.include(files);
    this.#refuseBadConfigs();
  }

  resolve(file: string, offsets: readonly number[]): readonly Resolution[] {
    this.#ensureOpen();
    this.#programs.makeWhole([file]);
    const { reader } = this.#programs.of(file);
    const text = this.#files.read(file) ?? '';
    return resolvePlaces(file, offsets, text, reader, {
      find: (from, specifier) => this.#specifiers.probe(from, specifier),
      exportsOf: (module) => readExports(module, this.#programs),
    });
  }

  exportsOf(file: string): ReadonlyMap<string, readonly Declaration[]> {
    this.#ensureOpen();
    return readExports(file, this.#programs);
  }

  resolveSpecifier(file: string, specifier: string): string | undefined {
    this.#ensureOpen();
    return this.#specifiers.find(file, specifier);
  }

  isMissing(file: string, specifier: string): boolean {
    this.#ensureOpen();
    return this.#specifiers.isMissing(file, specifier);
  }

  readings(file: string, specifier: string): readonly string[] {
    this.#ensureOpen();
    return this.#programs.readings(file, specifier);
  }

  heritage(declaration: Declaration): readonly Ancestor[] {
    this.#ensureOpen();
    return readHeritage(declaration, this.#programs, (file, specifier) => this.#specifiers.find(file, specifier));
  }

  members(declaration: Declaration): ReadonlyMap<string, readonly Declaration[]> {
    this.#ensureOpen();
    return readMembers(declaration, this.#programs);
  }

  shape(declaration: Declaration): readonly Declaration[] {
    this.#ensureOpen();
    return readShape(declaration, this.#programs);
  }

  accepts(wanted: Declaration, given: Declaration): boolean {
    this.#ensureOpen();
    return isAccepted(wanted, given, this.#programs);
  }

  references(file: string, offset: number): readonly FileRange[] {
    this.#ensureOpen();
    this.#programs.includeAll();
    return findReferences(file, offset, this.#programs);
  }

  overlay(changes: ReadonlyMap<string, string | null | undefined>): void {
    this.#ensureOpen();
    this.#specifiers.clear();
    const laid = this.#files.lay(changes);
    for (const file of [...laid.created, ...laid.changed, ...laid.deleted]) this.#syntaxErrors.delete(file);
    this.#programs.changed(laid);
  }

  syntaxErrors(files: readonly string[]): readonly Diagnostic[] {
    this.#ensureOpen();
    return this.#present(files).flatMap(([file, program]) => this.#syntaxErrorsOf(file, program));
  }

  diagnostics(files: readonly string[]): readonly Diagnostic[] {
    this.#ensureOpen();
    return this.#present(files).flatMap(([file, program]) => {
      const { project, planned } = program;
      const semantic = readDiagnostics(project.program.getSemanticDiagnostics(file), file);
      const all = inOrder([...this.#syntaxErrorsOf(file, program), ...semantic]);
      const isAsked = ({ code }: Diagnostic) =>
        !(planned.composed && code === NOT_UNDER_ROOT_DIR) &&
        !(isImplicitAny(code) && !this.#asksForTypes(file, planned));
      return all.filter(isAsked);
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#programs.close();
  }

  /** The files that are there, by name, each with the program that answers for it. */
  #present(files: readonly string[]): (readonly [string, OpenProgram])[] {
    const present = [...new Set(files)].filter((file) => this.#files.exists(file)).sort();
    this.include(present.filter((file) => !this.#programs.has(file)));
    this.#programs.makeWhole(present);
    return present.map((file) => [file, this.#programs.of(file)]);
  }

  /** Whether a missing type is an error in the file: not without a configuration, nor in JavaScript that nobody checks. */
  #asksForTypes(file: string, { config, checksJavaScript }: OpenProgram['planned']): boolean {
    if (config.extends === undefined) return false;
    return !isJavaScript(file) || checksJavaScript || /^\s*\/\/\s*@ts-check\b/m.test(this.#files.read(file) ?? '');
  }

  #syntaxErrorsOf(file: string, { project }: OpenProgram): readonly Diagnostic[] {
    let errors = this.#syntaxErrors.get(file);
    if (errors === undefined) {
      errors = readDiagnostics(project.program.getSyntacticDiagnostics(file), file);
      this.#syntaxErrors.set(file, errors);
    }
    return errors;
  }

  #refuseBadConfigs(): void {
    for (;;) {
      const bad = this.#programs.all.find((program) => problemsOf(program).some(isSyntaxError));
      if (bad === undefined) return;
      const errors = problemsOf(bad).filter(isSyntaxError);
      if (this.#onBadConfig === 'throw' || bad.planned.config.extends === undefined) {
        throw badConfig(errors, this.#root, (file) => this.#files.read(file));
      }
      this.#ignored.push(...errors);
      this.#programs.ignoreConfig(bad.planned.config.extends);
    }
  }

  #ensureOpen(): void {
    if (!this.#closed) return;
    throw new RerouteError({
      code: 'COMPILER_CLOSED',
      message: `The compiler over ${this.#root} was asked something after it was closed.`,
      next: 'Open it again with openCompiler().',
    });
  }
}

/** The range of errors that `noImplicitAny` brings. */
function isImplicitAny(code: number): boolean {
  return code > 7000 && code < 7100;
}

function problemsOf({ planned, project }: OpenProgram): readonly Diagnostic[] {
  return readDiagnostics(
    project.program.getConfigFileParsingDiagnostics(),
    planned.config.extends ?? planned.config.file,
  );
}
