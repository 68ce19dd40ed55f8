import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ts } from 'ts-morph';
import type { CompilerSession } from '../../../src/compiler/contract.ts';
import { openCompiler } from '../../../src/compiler/open.ts';
import type { MigrationInput } from '../../../src/manifest/define-migration.ts';
import { normalise } from '../../../src/manifest/normalise.ts';
import { find, prove } from '../../../src/survey/survey.ts';
import { TargetView } from '../../../src/survey/target-view.ts';
import { REPO } from '../command.ts';
import { type Method, Oracle, type Receiver } from './oracle.ts';

export interface PackageSources {
  readonly name: string;
  /** The folder of the package that becomes `src`. */
  readonly folder: string;
  /** Files beside it that say how it is compiled. */
  readonly beside: readonly string[];
  readonly options: ts.CompilerOptions;
}

/** How what Reroute proves compares with what the language service names. Places are `<file>:<offset>`. */
export interface Comparison {
  readonly title: string;
  readonly proven: number;
  /** What the language service names. */
  readonly places: ReadonlySet<string>;
  /** Proven, and the language service does not name it. */
  readonly unexpected: readonly Difference[];
  /** Named by the language service, and neither proven nor for review. */
  readonly lost: readonly Difference[];
  /** Named by the language service and for review: the codes of the reasons. */
  readonly review: readonly string[];
}

export interface Difference {
  readonly place: string;
  /** The code and the words of what Reroute says of it. */
  readonly code: string;
  readonly said: string;
  /** The text of the file before it, and from it on. */
  readonly before: string;
  readonly after: string;
  /** What version 6 knows of what stands before the name. */
  readonly receiver: Receiver | undefined;
}

/** Sources of a published package, under one open compiler and one language service. */
export class Differential {
  readonly root: string;
  readonly oracle: Oracle;
  readonly #view: TargetView;
  readonly #session: CompilerSession;
  readonly #folder: string;

  constructor({ name, folder, beside, options }: PackageSources) {
    this.#folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), `reroute-${name}-`)));
    this.root = path.join(this.#folder, name);
    const published = path.join(REPO, 'node_modules', name);
    cpSync(path.join(published, folder), path.join(this.root, 'src'), {
      recursive: true,
      filter: (file) => !/[\\/](?:tests|benchmarks)(?:[\\/]|$)|\.d\.ts$/.test(path.relative(published, file)),
    });
    for (const file of beside) cpSync(path.join(published, file), path.join(this.root, file));
    this.oracle = new Oracle(this.root, options);
    this.#view = new TargetView(this.root);
    this.#session = openCompiler({
      root: this.root,
      files: this.#view.files().map((file) => this.#view.absolute(file)),
    });
  }

  /** The rename of a method, in place. */
  rename(method: Method): Comparison {
    const { file, className, name } = method;
    const members = { [name]: `${name}Renamed` };
    const expected = this.oracle.referencesAt(file, method.at);
    return this.#compare(`${className}.${name}`, { [file]: { [className]: { members } } }, expected);
  }

  /** The move of a whole module beside itself; its own specifiers are left out. */
  move(file: string): Comparison {
    const to = file.replace(/(\.[cm]?[jt]s)$/, '-moved$1');
    const edits = [...this.oracle.move(file, to)].filter(([importer]) => importer !== file);
    const expected = new Set(edits.flatMap(([importer, own]) => own.map(({ start }) => `${importer}:${start}`)));
    return this.#compare(file, { [to]: { exports: '*', replaces: [file] } }, expected);
  }

  /** The source files, relative to the root. */
  files(): readonly string[] {
    return this.#view.files();
  }

  #compare(title: string, canonical: MigrationInput['canonical'], expected: ReadonlySet<string>): Comparison {
    const migration = normalise({ name: 'one', canonical }, path.join(this.root, 'reroute.config.ts'), '');
    const { usages } = prove(this.#view, migration, find(this.#view, migration), this.#session);
    const verdicts = new Map(usages.map(({ id, verdict }) => [id, verdict]));
    const proven = [...verdicts].filter(([, { kind }]) => kind === 'proven').map(([id]) => id);
    const difference = (place: string): Difference => {
      const [file, offset] = place.split(':') as [string, string];
      const source = this.#view.read(file);
      const text = typeof source === 'string' ? '' : source.text;
      const verdict = verdicts.get(place);
      const { code, text: said } =
        verdict && verdict.kind !== 'proven' ? verdict.reason : { code: verdict ? 'proven' : 'not-found', text: '' };
      const at = Number(offset);
      const receiver = code === 'proven' ? this.oracle.receiver(file, at) : undefined;
      return {
        place,
        code,
        said,
        before: text.slice(Math.max(0, at - 80), at),
        after: text.slice(at, at + 80),
        receiver,
      };
    };
    const open = [...expected].filter((place) => verdicts.get(place)?.kind !== 'proven').sort();
    return {
      title,
      places: expected,
      proven: proven.length,
      unexpected: proven.filter((place) => !expected.has(place)).map(difference),
      lost: open.filter((place) => verdicts.get(place)?.kind !== 'unclear').map(difference),
      review: open.filter((place) => verdicts.get(place)?.kind === 'unclear').map((place) => difference(place).code),
    };
  }

  close(): void {
    this.#session.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
