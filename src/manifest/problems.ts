import { RerouteError } from '../base/errors.ts';
import type { Place } from '../base/places.ts';
import { formatKeyPath, type KeyPath } from './key-path.ts';

/** One thing that is wrong in a manifest. */
interface Problem {
  readonly path: KeyPath;
  readonly message: string;
  readonly code: string;
}

/** What is wrong in a manifest, collected so that one error tells it all. */
export class Problems {
  readonly #all = new Map<string, Problem>();

  /** `message` goes on after the key path and a colon. The same problem is kept once. */
  add(path: KeyPath, message: string, code = 'MANIFEST_INVALID'): void {
    this.#all.set(`${formatKeyPath(path)}: ${message}`, { path, message, code });
  }

  /**
   * Throws when there is a problem: with the problems' own code when they share one, else `MANIFEST_INVALID`.
   * Each detail is a key path, its line and column where `locate` knows them, and what is wrong.
   */
  throwIfAny(file: string, locate: (path: KeyPath) => Place | undefined): void {
    const problems = [...this.#all.values()];
    if (problems.length === 0) return;
    const codes = new Set(problems.map(({ code }) => code));
    const places = problems.map(({ path }) => locate(path));
    throw new RerouteError({
      code: codes.size === 1 ? problems[0]!.code : 'MANIFEST_INVALID',
      message: `The manifest has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}.`,
      where: places[0] ?? { file },
      details: problems.map(({ path, message }, index) => {
        const place = places[index];
        return `${formatKeyPath(path)}${place ? ` (${place.line}:${place.column})` : ''}: ${message}`;
      }),
      next: `Edit ${file} and run the same command again.`,
    });
  }
}
