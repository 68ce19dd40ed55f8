import path from 'node:path';
import { isFile } from '../base/is-file.ts';
import { readSource } from '../base/source-text.ts';

/** Which files an overlay made, changed or took away, seen from the state before; each list is sorted. */
export interface FileChanges {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly deleted: readonly string[];
}

/** A target's files with texts laid over them. Nothing is ever written. */
export class OverlayFiles {
  readonly #texts = new Map<string, string | null>();
  /** How many present overlay files lie below each folder, so that a folder can exist in memory only. */
  readonly #folders = new Map<string, number>();
  /** Files that are there only in memory, or only on disk. */
  readonly #altered = new Set<string>();

  /** Lays texts over the files: `null`: gone, `undefined`: as on disk again. */
  lay(changes: Iterable<readonly [file: string, text: string | null | undefined]>): FileChanges {
    const created: string[] = [];
    const changed: string[] = [];
    const deleted: string[] = [];
    for (const [file, text] of changes) {
      // Laid already: telling the compiler again would cost an update of every program.
      if (text !== undefined && this.#texts.get(file) === text) continue;
      const before = this.exists(file);
      this.#set(file, text);
      const after = this.exists(file);
      if (after) (before ? changed : created).push(file);
      else if (before) deleted.push(file);
    }
    return { created: created.sort(), changed: changed.sort(), deleted: deleted.sort() };
  }

  /** The overlay's word on a file: its text, `null` when it is gone, `undefined` when the disk decides. */
  overlaid(file: string): string | null | undefined {
    return this.#texts.get(file);
  }

  /** Whether the overlay only changes texts: every file that it has is on disk, and it takes none away. */
  get onlyChangesTexts(): boolean {
    return this.#altered.size === 0;
  }

  /** Whether a folder exists because a file in memory lies below it. `..` is asked for with a final `/`. */
  hasFolder(folder: string): boolean {
    return this.#folders.has(folder.replace(/\/$/, ''));
  }

  exists(file: string): boolean {
    const text = this.#texts.get(file);
    return text === undefined ? isFile(file) : text !== null;
  }

  /** The text without a byte order mark; `undefined` when there is no such file or it is not UTF-8 text. */
  read(file: string): string | undefined {
    const text = this.#texts.get(file);
    if (text !== undefined) return text ?? undefined;
    const source = readSource(file);
    return typeof source === 'string' ? undefined : source.text;
  }

  #set(file: string, text: string | null | undefined): void {
    if (typeof this.#texts.get(file) === 'string') this.#count(file, -1);
    if (text === undefined) this.#texts.delete(file);
    else this.#texts.set(file, text);
    if (typeof text === 'string') this.#count(file, 1);
    if (text !== undefined && isFile(file) !== (text !== null)) this.#altered.add(file);
    else this.#altered.delete(file);
  }

  #count(file: string, step: number): void {
    for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
      const count = (this.#folders.get(folder) ?? 0) + step;
      if (count === 0) this.#folders.delete(folder);
      else this.#folders.set(folder, count);
      if (folder === path.posix.dirname(folder)) return;
    }
  }
}
