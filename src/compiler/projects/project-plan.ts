import path from 'node:path';
import { ambientFiles } from './ambient-files.ts';
import type { Config, ConfigSet } from './config-set.ts';
import { findOwner } from './find-owner.ts';
import { isJavaScript, type MemoryConfig, memoryConfigText } from './memory-config.ts';
import { ownPaths, type Paths } from './source-paths.ts';

/** One program over some of the asked files. */
export interface PlannedProject {
  readonly config: MemoryConfig;
  /** The asked files; each belongs to exactly one project. */
  readonly files: Set<string>;
  /** Files that no asked file need import, but whose declarations hold everywhere. */
  readonly ambient: readonly string[];
  /** Whether the configuration references others, whose sources are read here as if they were its own. */
  readonly composed: boolean;
  /** Whether the configuration asks for JavaScript to be checked; it is always checked here, for what it says of types. */
  readonly checksJavaScript: boolean;
}

export interface ProjectPlanOptions {
  readonly root: string;
  readonly configs: ConfigSet;
  readonly workspace: Paths;
  /** Tells apart the configurations of one plan from those of another over the same compiler. */
  readonly name: string;
  /** Whether a file's declarations hold without being imported. */
  readonly isAmbient: (file: string) => boolean;
}

/** Which programs serve which files. Grows by {@link ProjectPlan.add}; says nothing of what is in the files. */
export class ProjectPlan {
  readonly #root: string;
  readonly #configs: ConfigSet;
  readonly #workspace: Paths;
  readonly #name: string;
  readonly #isAmbient: (file: string) => boolean;
  readonly #projects = new Map<string, PlannedProject>();
  readonly #homes = new Map<string, PlannedProject>();

  constructor({ root, configs, workspace, name, isAmbient }: ProjectPlanOptions) {
    this.#root = root;
    this.#workspace = workspace;
    this.#configs = configs;
    this.#name = name;
    this.#isAmbient = isAmbient;
  }

  get projects(): readonly PlannedProject[] {
    return [...this.#projects.values()];
  }

  /** The project that serves an asked file. */
  home(file: string): PlannedProject | undefined {
    return this.#homes.get(file);
  }

  /** Puts files into projects; returns the projects that are new or larger now. */
  add(files: Iterable<string>): ReadonlySet<PlannedProject> {
    const touched = new Set<PlannedProject>();
    for (const file of files) {
      if (this.#homes.has(file)) continue;
      const project = this.#projectFor(file);
      project.files.add(file);
      this.#homes.set(file, project);
      touched.add(project);
    }
    return touched;
  }

  #projectFor(file: string): PlannedProject {
    const owner = findOwner(file, this.#root, this.#configs);
    const javascript = isJavaScript(file);
    // JavaScript in a project that takes none gets a program of its own, so that TypeScript's stays as configured.
    const apart = javascript && owner !== undefined && !allowsJavaScript(owner);
    const key = `${owner?.file ?? ''}${apart ? '#js' : ''}`;
    let project = this.#projects.get(key);
    if (project === undefined) {
      project = this.#lay(owner, owner === undefined || apart || allowsJavaScript(owner));
      this.#projects.set(key, project);
    }
    return project;
  }

  /** The owner's own `paths` come first; laid over by ours, they must be said again. */
  #paths(owner: Config | undefined): Paths | undefined {
    const isRefused = typeof owner?.options.baseUrl === 'string';
    if (Object.keys(this.#workspace).length === 0 && !isRefused) return undefined;
    return { ...this.#workspace, ...ownPaths(owner) };
  }

  #lay(owner: Config | undefined, javascript: boolean): PlannedProject {
    const folder = owner === undefined ? this.#root : path.posix.dirname(owner.file);
    return {
      config: {
        file: path.posix.join(folder, `tsconfig.reroute-${this.#name}${this.#projects.size}.json`),
        extends: owner?.file,
        javascript,
        paths: this.#paths(owner),
      },
      files: new Set(),
      composed: (owner?.references.length ?? 0) > 0,
      checksJavaScript: owner?.options.checkJs === true,
      ambient: owner === undefined ? [] : ambientFiles(owner.files, this.#isAmbient),
    };
  }
}

/** The text of the configuration file that a planned project opens. */
export function configText(project: PlannedProject): string {
  return memoryConfigText(project.config, new Set([...project.ambient, ...project.files]));
}

function allowsJavaScript(config: Config): boolean {
  return config.options.allowJs === true || (config.options.allowJs === undefined && config.options.checkJs === true);
}
