import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { sha256 } from '../base/hashes.ts';
import { type Disk, errnoOf } from './disk.ts';

/** File contents under their SHA-256. What is read is checked, so a torn object is never taken for the content. */
export class ObjectStore {
  readonly folder: string;
  readonly #disk: Disk;
  /** What this process has stored and flushed itself. */
  readonly #stored = new Set<string>();

  constructor(disk: Disk, folder: string) {
    this.#disk = disk;
    this.folder = folder;
  }

  /** The hashes of the contents, in order, once all of them would survive a power cut. When one fails, none is left. */
  put(contents: readonly Uint8Array[]): readonly string[] {
    const hashes = contents.map((content) => sha256(content));
    const missing = new Map(hashes.map((hash, index) => [hash, contents[index]!]));
    for (const hash of this.#stored) missing.delete(hash);
    const written: string[] = [];
    try {
      for (const [hash, content] of missing) this.#write(hash, content, written);
      if (missing.size > 0) this.#disk.syncFolder(this.folder);
    } catch (error) {
      // A disk that is full for them is full for everybody; nothing refers to them yet.
      for (const hash of written) this.#dropQuietly(hash);
      throw error;
    }
    for (const hash of missing.keys()) this.#stored.add(hash);
    return hashes;
  }

  #write(hash: string, content: Uint8Array, written: string[]): void {
    const file = this.#path(hash);
    // One that is there may stem from a run that was killed before it was flushed, so it is flushed again.
    if (!this.#isWhole(hash)) {
      if (this.#disk.stat(file)) this.#disk.unlink(file);
      written.push(hash);
      this.#disk.writeNew(file, content);
    }
    this.#disk.sync(file);
  }

  #dropQuietly(hash: string): void {
    try {
      this.drop(hash);
    } catch {
      // It takes room and does no other harm; the error that is on its way matters more.
    }
  }

  /** The content. Throws `LEDGER_DAMAGED` when it is not there or not whole. */
  read(hash: string): Buffer {
    const file = this.#path(hash);
    const content = this.#disk.stat(file)?.kind === 'file' ? this.#disk.read(file) : undefined;
    if (content && sha256(content) === hash) return content;
    throw new RerouteError({
      code: 'LEDGER_DAMAGED',
      message: `The ledger needs the content ${hash}, and its copy is ${content ? 'damaged' : 'gone'}.`,
      where: { file },
      next: 'Bring the file back from a backup or from version control; Reroute changes nothing without it.',
    });
  }

  /** Removes a content, so that its room on the disk can be used. */
  drop(hash: string): void {
    this.#stored.delete(hash);
    try {
      this.#disk.unlink(this.#path(hash));
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  }

  #isWhole(hash: string): boolean {
    const file = this.#path(hash);
    return this.#disk.stat(file)?.kind === 'file' && sha256(this.#disk.read(file)) === hash;
  }

  #path(hash: string): string {
    return path.join(this.folder, hash);
  }
}
