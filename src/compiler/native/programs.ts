import path from 'node:path';
import { RerouteError } from '../../base/errors.ts';
import type { OpenOptions } from '../contract.ts';
import type { FileChanges, OverlayFiles } from '../overlay-files.ts';
import { declaresGlobally } from '../projects/ambient-files.ts';
import { ConfigSet } from '../projects/config-set.ts';
import { findOwners } from '../projects/find-owner.ts';
import { pathReadings } from '../projects/path-readings.ts';
import { configText, type PlannedProject, ProjectPlan } from '../projects/project-plan.ts';
import { type Paths, sourcePaths } from '../projects/source-paths.ts';
import { findWorkspacePackages } from '../projects/workspace-packages.ts';
import { endQuietly } from './end-quietly.ts';
import { OutlinedFiles } from './outlined-files.ts';
import { startQuickly } from './start-quickly.ts';
import { SymbolReader } from './symbol-reader.ts';
import type { API, Project, Snapshot } from './typescript.ts';

/** One program: what it was planned for, and how to ask it. Made anew after each change. */
export interface OpenProgram {
  readonly planned: PlannedProject;
  readonly project: Project;
  readonly reader: SymbolReader;
}

/** The compiler's child process and the programs that it holds over a target. */
export class Programs {
  readonly files: OverlayFiles;
  readonly #root: string;
  #api: API;
  /** Whether the compiler asks us which files there are, too; otherwise only for their texts, which takes half the time. */
  #asksForFiles: boolean;
  readonly #configs: ConfigSet;
  readonly #memory = new Map<string, string>();
  readonly #outlines: OutlinedFiles;
  readonly #names = new Map<Project, ReadonlySet<string>>();
  readonly #isAmbient: (file: string) => boolean;
  #plan: ProjectPlan;
  #ignored = 0;
  #snapshot: Snapshot | undefined;
  /**
   * The snapshot of the last probe, kept until the next update: the API tells what changed by the newest snapshot, and
   * when that one is disposed already it goes on serving the source files of the one before.
   */
  #probe: Snapshot | undefined;
  #open: readonly OpenProgram[] = [];

  constructor(options: OpenOptions, files: OverlayFiles) {
    this.files = files;
    this.#root = options.root;
    this.#outlines = new OutlinedFiles(files, options.textOf);
    this.#asksForFiles = options.movesFiles === true || !files.onlyChangesTexts;
    this.#api = this.#start();
    this.#configs = new ConfigSet({
      parse: (file) => this.#api.parseConfigFile(file),
      read: (file) => files.read(file),
      exists: (file) => files.exists(file),
    });
    this.#isAmbient = (file) => options.isAmbient?.(file) ?? declaresGlobally(files.read(file) ?? 'export');
    this.#plan = this.#newPlan('');
  }

  #start(): API {
    const { files } = this;
    const existence = {
      fileExists: (file: string) => (this.#memory.has(file) ? true : present(files.overlaid(file))),
      directoryExists: (folder: string) => (files.hasFolder(folder) ? true : undefined),
    };
    return startQuickly({
      cwd: this.#root,
      fs: {
        readFile: (file) => this.#memory.get(file) ?? this.#outlines.read(file),
        ...(this.#asksForFiles && existence),
      },
    });
  }

  get all(): readonly OpenProgram[] {
    return this.#open;
  }

  /** Puts files into programs, whole. */
  include(files: readonly string[]): void {
    const known = new Set(this.#plan.projects);
    const changed = [...this.#outlines.want(files)];
    const touched = this.#plan.add(files);
    if (touched.size + changed.length === 0) return;
    const created: string[] = [];
    for (const project of touched) {
      this.#memory.set(project.config.file, configText(project));
      (known.has(project) ? changed : created).push(project.config.file);
    }
    this.#update({ openProjects: created, ...(changed.length === 0 ? {} : { fileChanges: { changed } }) });
  }

  /** Plans all programs anew, as if the configuration file were not there. */
  ignoreConfig(config: string): void {
    const files = this.#plan.projects.flatMap((project) => [...project.files]);
    const closeProjects = this.#plan.projects.map((project) => project.config.file);
    this.#configs.ignore(config);
    this.#ignored += 1;
    // Names of their own: the compiler remembers what it read under the old ones.
    this.#plan = this.#newPlan(`without-${this.#ignored}-`);
    this.#update({ closeProjects });
    this.#memory.clear();
    this.include(files);
  }

  /** Tells the programs what changed below them. */
  changed(changes: FileChanges): void {
    const { created, changed, deleted } = changes;
    if (created.length + changed.length + deleted.length === 0) return;
    if (this.#asksForFiles || this.files.onlyChangesTexts) {
      this.#update({ fileChanges: { created: [...created], changed: [...changed], deleted: [...deleted] } });
    } else this.#restart();
  }

  /** The program that answers for a file; the file is put into one when none has it. */
  of(file: string): OpenProgram {
    const found = this.#home(file);
    if (found !== undefined) return found;
    if (!this.files.exists(file)) throw noSuchFile(file, this.#root);
    this.include([file]);
    const included = this.#home(file);
    if (included === undefined) throw noSuchFile(file, this.#root);
    return included;
  }

  /** Puts every file of every program in whole. */
  includeAll(): void {
    const changed = this.#outlines.wantAll();
    if (changed.length > 0) this.#update({ fileChanges: { changed: [...changed] } });
  }

  /** Makes sure that files are there whole; unlike {@link Programs.include} it adds none to a program. */
  makeWhole(files: readonly string[]): void {
    const changed = this.#outlines.want(files);
    if (changed.length > 0) this.#update({ fileChanges: { changed: [...changed] } });
  }

  /** Where a specifier leads by the `paths` of every configuration that includes the file. */
  readings(file: string, specifier: string): readonly string[] {
    const owners = findOwners(file, this.#root, this.#configs);
    return owners.length < 2 ? [] : pathReadings(specifier, owners, (each) => this.files.exists(each));
  }

  /** Every program that has the file, the one that answers for it first. */
  having(file: string): readonly OpenProgram[] {
    const first = this.of(file);
    return [first, ...this.#open.filter((program) => program !== first && this.#has(program, file))];
  }

  /** Whether a program has the file now: an overlay may have taken it away. */
  has(file: string): boolean {
    return this.#open.some((program) => this.#has(program, file));
  }

  /**
   * What a small program over one file in memory says, without touching the others. It has the options of the program
   * that answers for `owner`, and no library.
   */
  probe<T>(owner: OpenProgram, file: string, text: string, ask: (reader: SymbolReader) => T): T {
    const config = owner.planned.config.file.replace(/\.json$/, '.probe.json');
    const created = this.#memory.has(file) ? [] : [file];
    const changed = [...(created.length === 0 ? [file] : []), ...(this.#memory.has(config) ? [config] : [])];
    this.#memory.set(file, text);
    this.#memory.set(
      config,
      JSON.stringify({
        extends: `./${path.posix.basename(owner.planned.config.file)}`,
        compilerOptions: { noLib: true, types: [] },
        files: [file],
      }),
    );
    const snapshot = this.#api.updateSnapshot({ openProjects: [config], fileChanges: { created, changed } });
    this.#releaseProbe();
    this.#probe = snapshot;
    const project = snapshot.getProject(config);
    if (project === undefined) throw new Error(`the compiler did not open ${config}`);
    return ask(new SymbolReader(project));
  }

  #releaseProbe(): void {
    this.#probe?.dispose();
    this.#probe = undefined;
  }

  /** From now on the compiler asks for everything: files come or go that it would otherwise look up on disk. */
  #restart(): void {
    const before = this.#api;
    this.#asksForFiles = true;
    this.#api = this.#start();
    this.#probe = undefined;
    this.#snapshot = undefined;
    this.#update({ openProjects: this.#plan.projects.map((project) => project.config.file) });
    endQuietly(before);
  }

  close(): void {
    endQuietly(this.#api);
  }

  #newPlan(name: string): ProjectPlan {
    return new ProjectPlan({
      root: this.#root,
      configs: this.#configs,
      workspace: this.#workspacePaths(),
      name,
      isAmbient: this.#isAmbient,
    });
  }

  #workspacePaths(): Paths {
    const packages = findWorkspacePackages(this.#root, (file) => this.files.read(file));
    const exists = (file: string) => this.files.exists(file);
    const paths = packages.map((each) => sourcePaths(each, this.#configs.candidates(each.folder), exists));
    return Object.assign({}, ...paths) as Paths;
  }

  #home(file: string): OpenProgram | undefined {
    const planned = this.#plan.home(file);
    const home = this.#open.find((program) => program.planned === planned);
    if (home !== undefined && this.#has(home, file)) return home;
    return this.#open.find((program) => this.#has(program, file));
  }

  #has({ project }: OpenProgram, file: string): boolean {
    let names = this.#names.get(project);
    if (names === undefined) {
      names = new Set(project.program.getSourceFileNames());
      this.#names.set(project, names);
    }
    return names.has(file);
  }

  #update(params: NonNullable<Parameters<API['updateSnapshot']>[0]>): void {
    const snapshot = this.#api.updateSnapshot(params);
    this.#releaseProbe();
    this.#snapshot?.dispose();
    this.#snapshot = snapshot;
    this.#names.clear();
    this.#open = this.#plan.projects.flatMap((planned) => {
      const project = snapshot.getProject(planned.config.file);
      return project === undefined ? [] : [{ planned, project, reader: new SymbolReader(project) }];
    });
  }
}

function present(text: string | null | undefined): boolean | undefined {
  return text === undefined ? undefined : text !== null;
}

function noSuchFile(file: string, root: string): RerouteError {
  return new RerouteError({
    code: 'COMPILER_NO_SUCH_FILE',
    message: `The compiler was asked about ${path.posix.relative(root, file)}, which is not there or is no source file.`,
    where: { file },
    next: 'Run the command again: the file may have been moved since the target was read.',
  });
}
