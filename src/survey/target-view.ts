import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isMissing, readSource, type SourceText } from '../base/source-text.ts';
import { listFiles, type TargetFiles } from './list-files.ts';

/** Why a file has no text to look at. */
export type Unreadable = 'binary' | 'not-utf-8' | 'too-long' | 'gone';

/**
 * The target as the stages see it: the files on disk, with the changes of earlier phases laid over them. A dry run of
 * several phases is the same as a real one because both look through this.
 */
export class TargetView {
  readonly root: string;
  readonly #laid = new Map<string, SourceText | undefined>();
  readonly #kept = new Map<string, SourceText>();
  readonly #unreadable = new Map<string, string>();
  #listed: TargetFiles | undefined;

  constructor(root: string) {
    this.root = root;
  }

  /** The source files, relative, sorted. Created files are among them, deleted ones are not. */
  files(): readonly string[] {
    const { sources } = this.#onDisk();
    if (this.#laid.size === 0) return sources;
    const files = new Set(sources);
    const documents = new Set(this.documents());
    for (const [file, text] of this.#laid) if (!documents.has(file)) text ? files.add(file) : files.delete(file);
    return [...files].sort();
  }

  /** The files that no compiler reads, relative, sorted; no run creates or deletes one. */
  documents(): readonly string[] {
    return this.#onDisk().documents;
  }

  #onDisk(): TargetFiles {
    this.#listed ??= listFiles(this.root);
    return this.#listed;
  }

  /** The file's text, or why there is none; an absolute path is read as it is. Not cached: a target's texts may be larger than memory. */
  read(file: string): SourceText | Unreadable {
    if (this.#laid.has(file)) return this.#laid.get(file) ?? 'gone';
    const kept = this.#kept.get(file);
    if (kept) return kept;
    return this.#reading(file, readSource) ?? 'gone';
  }

  /** The file's bytes on disk; `undefined` when there is no such file, or it is {@link unreadable}. */
  bytes(file: string): Buffer | undefined {
    return this.#reading(file, readBytes);
  }

  /** Why a file that is there could not be read, in the system's words; `undefined` when it could, or was not asked for. */
  unreadable(file: string): string | undefined {
    return this.#unreadable.get(file);
  }

  /**
   * From now on this is the file's text, whatever happens on disk: places were found in it, and an edit that is made for
   * another text must not be written. Who writes sees that the file is no longer the same.
   */
  keep(file: string, text: SourceText): void {
    if (!this.#laid.has(file)) this.#kept.set(file, text);
  }

  /** Lays a text over a file; `undefined`: it is deleted. */
  lay(file: string, text: SourceText | undefined): void {
    this.#kept.delete(file);
    this.#laid.set(file, text);
  }

  absolute(file: string): string {
    return path.posix.join(this.root, file);
  }

  #reading<T>(file: string, read: (file: string) => T): T | undefined {
    try {
      return read(path.resolve(this.root, file));
    } catch (error) {
      this.#unreadable.set(file, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }
}

function readBytes(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
