import { hasOutline, outlineOf } from '../outline.ts';
import type { OverlayFiles } from '../overlay-files.ts';

/**
 * The texts that programs are made of: files that are asked about as they are, all others as outlines, which take a
 * fraction of the time and memory and declare the same.
 */
export class OutlinedFiles {
  readonly #files: OverlayFiles;
  readonly #atHand: (file: string) => string | undefined;
  readonly #whole = new Set<string>();
  readonly #outlined = new Set<string>();
  #all = false;

  constructor(files: OverlayFiles, atHand: (file: string) => string | undefined = () => undefined) {
    this.#files = files;
    this.#atHand = atHand;
  }

  /** As the compiler's file system wants it: the text, `null` when the file is gone, `undefined` when the disk decides. */
  read(file: string): string | null | undefined {
    if (this.#all || this.#whole.has(file) || !hasOutline(file)) return this.#files.overlaid(file);
    const text = this.#files.overlaid(file) ?? this.#atHand(file) ?? this.#files.read(file);
    const outline = text === undefined ? undefined : outlineOf(text);
    if (outline === undefined) return this.#files.overlaid(file);
    this.#outlined.add(file);
    return outline;
  }

  /** From now on these files are read whole; returns those that were handed out as outlines. */
  want(files: readonly string[]): readonly string[] {
    for (const file of files) this.#whole.add(file);
    return files.filter((file) => this.#outlined.delete(file));
  }

  /** From now on every file is read whole. */
  wantAll(): readonly string[] {
    this.#all = true;
    const outlined = [...this.#outlined].sort();
    this.#outlined.clear();
    return outlined;
  }
}
