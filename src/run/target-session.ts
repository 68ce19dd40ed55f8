import type { Stopwatch } from '../base/stopwatch.ts';
import type { CompilerSession, OpenOptions } from '../compiler/contract.ts';
import { declaresGlobally } from '../compiler/projects/ambient-files.ts';
import type { Migration } from '../manifest/migration.ts';
import type { FileChange } from '../plan/file-change.ts';
import { ConfiguredNames } from '../survey/configured-names.ts';
import { ImportGraph } from '../survey/import-graph.ts';
import { isSource } from '../survey/list-files.ts';
import { type Found, find, prove, type Survey } from '../survey/survey.ts';
import { openOn } from '../survey/survey-target.ts';
import { TargetView } from '../survey/target-view.ts';

/** How many characters of texts are kept from the search until the compiler has opened: reading them again takes longer. */
const AT_HAND = 64_000_000;

export interface TargetSessionOptions {
  readonly view: TargetView;
  readonly migration: Migration;
  readonly onBadConfig: OpenOptions['onBadConfig'];
  readonly stopwatch: Stopwatch;
}

/**
 * One target as a run of several phases sees it: searched once, the compiler opened once, and both kept up with the
 * changes of each phase. It holds a child process: close it, also on errors.
 */
export class TargetSession {
  #view: TargetView;
  readonly #migration: Migration;
  readonly #onBadConfig: OpenOptions['onBadConfig'];
  readonly #stopwatch: Stopwatch;
  #found: Found | undefined;
  #compiler: CompilerSession | undefined;
  #graph: ImportGraph | undefined;
  readonly #ambient = new Map<string, boolean>();
  readonly #texts = new Map<string, string>();
  readonly #settled = new Set<string>();

  constructor({ view, migration, onBadConfig, stopwatch }: TargetSessionOptions) {
    this.#view = view;
    this.#migration = migration;
    this.#onBadConfig = onBadConfig;
    this.#stopwatch = stopwatch;
  }

  /** Files in which a phase left nothing that a later one could do; they need not be asked about again. */
  isSettled(file: string): boolean {
    return this.#settled.has(file);
  }

  settle(files: Iterable<string>): void {
    for (const file of files) this.#settled.add(file);
  }

  get view(): TargetView {
    return this.#view;
  }

  /** Somebody else may have changed files: everything is looked at again, from disk. */
  forget(): void {
    this.close();
    this.#view = new TargetView(this.#view.root);
    this.#found = undefined;
    this.#graph = undefined;
    this.#ambient.clear();
    this.#texts.clear();
    this.#settled.clear();
  }

  /** What text search finds in all files, as they are now. */
  found(): Found {
    this.#found ??= this.#stopwatch.time('find', () => this.#find());
    return this.#found;
  }

  /** Whatever else has to be known of every text is taken down on the way. */
  #find(): Found {
    const configured = new ConfiguredNames(this.view);
    const graph = new ImportGraph(this.view, configured);
    let room = this.#compiler ? 0 : AT_HAND;
    const onText = (file: string, text: string) => {
      if (!isSource(file)) return;
      graph.add(file, text);
      const absolute = this.view.absolute(file);
      this.#ambient.set(absolute, declaresGlobally(text));
      room -= text.length;
      if (room > 0) this.#texts.set(absolute, text);
    };
    const found = find(this.view, this.#migration, { configured, onText });
    this.#graph = graph;
    return found;
  }

  compiler(): CompilerSession {
    const found = this.found();
    this.#compiler ??= this.#stopwatch.time('open', () =>
      openOn(this.view, found, this.#migration, {
        onBadConfig: this.#onBadConfig,
        isAmbient: (file) => this.#ambient.get(file),
        textOf: (file) => this.#texts.get(file),
      }),
    );
    this.#texts.clear();
    return this.#compiler;
  }

  readonly graph = (): ImportGraph => {
    this.#graph ??= this.#stopwatch.time('graph', () => ImportGraph.read(this.view));
    return this.#graph;
  };

  /** What the compiler says of the places in these files. */
  survey(wanted: (file: string) => boolean): Survey {
    const found = this.found();
    const hits = new Map([...found.hits].filter(([file]) => wanted(file)));
    const skipped = found.skipped.filter(({ file }) => wanted(file));
    const compiler = this.compiler();
    return this.#stopwatch.time('prove', () =>
      prove(this.view, this.#migration, { ...found, hits, skipped }, compiler),
    );
  }

  /** From now on the target is as if these changes were made, whether they are written or not. */
  lay(changes: readonly FileChange[]): void {
    if (changes.length === 0) return;
    const found = this.found();
    for (const { file, after, bom } of changes)
      this.view.lay(file, after === undefined ? undefined : { text: after, bom });
    const sources = changes.filter(({ file }) => isSource(file));
    const compiler = this.compiler();
    this.#stopwatch.time('check', () =>
      compiler.overlay(new Map(sources.map(({ file, after }) => [this.view.absolute(file), after ?? null]))),
    );
    const changed = changes.map(({ file }) => file);
    const again = find(this.view, this.#migration, { files: changed, before: found });
    const hits = new Map([...found.hits].filter(([file]) => !changed.includes(file)));
    for (const [file, own] of again.hits) hits.set(file, own);
    const sorted = new Map([...hits].sort(([a], [b]) => (a < b ? -1 : 1)));
    const skipped = [...found.skipped.filter(({ file }) => !changed.includes(file)), ...again.skipped];
    const { filesRead } = found;
    this.#found = { ...again, filesRead, hits: sorted, skipped, files: [...new Set([...found.files, ...again.files])] };
    this.compiler().include(again.files.map((file) => this.view.absolute(file)));
    if (changes.some(({ kind }) => kind !== 'modify')) this.#graph = undefined;
    else this.#graph?.reread(sources.map(({ file }) => file));
  }

  close(): void {
    this.#compiler?.close();
    this.#compiler = undefined;
  }
}
