import { relativeToRoot } from '../base/paths.ts';
import { LineIndex, type Place } from '../base/places.ts';
import type { FileRange } from '../compiler/contract.ts';
import { declarationKey } from './anchors.ts';
import { ShownPaths } from './shown-paths.ts';
import type { TargetView } from './target-view.ts';

/** Where declarations stand, as reasons and proofs show it: line and column, paths that are the same on every machine. */
export class ShownPlaces {
  readonly #view: TargetView;
  readonly #shown: ShownPaths;
  readonly #lines = new Map<string, LineIndex>();
  readonly #places = new Map<string, Place>();

  constructor(view: TargetView) {
    this.#view = view;
    this.#shown = new ShownPaths(view);
  }

  of(at: FileRange): Place {
    const key = declarationKey(at);
    let place = this.#places.get(key);
    if (!place) {
      const file = this.file(at.file);
      let lines = this.#lines.get(at.file);
      if (!lines && at.range.start > 0) {
        const source = this.#view.read(relativeToRoot(this.#view.root, at.file) ?? at.file);
        lines = new LineIndex(typeof source === 'string' ? '' : source.text);
        this.#lines.set(at.file, lines);
      }
      place = { file, range: at.range, ...(lines?.at(at.range.start) ?? { line: 1, column: 1 }) };
      this.#places.set(key, place);
    }
    return place;
  }

  /** A file as reasons show it. */
  file(file: string): string {
    return this.#shown.of(file);
  }
}
