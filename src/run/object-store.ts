import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { sha256 } from '../base/hashes.ts';
import { type Disk, errnoOf } from './disk.ts';
import { encodePack, isPack, type PackedAt, packName, readPackIndex } from './object-pack.ts';

/** From so many contents on, they are stored in one file: each file costs a flush, which is what takes the time. */
const PACK_FROM = 16;
/** What one pack holds at most, so that memory stays bounded. */
const PACK_BYTES = 16 * 1024 * 1024;

/**
 * File contents under their SHA-256: a few in files of their own, `<sha256>`, many in packs (object-pack.ts). What is read
 * is checked, so a torn object is never taken for the content.
 */
export class ObjectStore {
  readonly folder: string;
  readonly #disk: Disk;
  /** What this process has stored and flushed itself. */
  readonly #stored = new Set<string>();
  #packed: Map<string, PackedAt> | undefined;

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
      // What is there may stem from a run that was killed before it was flushed, so it is flushed again.
      const found = new Set([...missing.keys()].flatMap((hash) => this.#find(hash)?.file ?? []));
      for (const file of found) this.#disk.sync(file);
      const made = [...missing].filter(([hash]) => !this.#find(hash));
      if (made.length < PACK_FROM) for (const [hash, content] of made) this.#write(hash, [content], written);
      else for (const [name, parts] of packsOf(made)) this.#write(name, parts, written);
      if (missing.size > 0) this.#disk.syncFolder(this.folder);
    } catch (error) {
      // A disk that is full for them is full for everybody; nothing refers to them yet.
      for (const name of written) this.#unlinkQuietly(name);
      throw error;
    } finally {
      this.#packed = undefined;
    }
    for (const hash of missing.keys()) this.#stored.add(hash);
    return hashes;
  }

  #write(name: string, parts: readonly Uint8Array[], written: string[]): void {
    const file = path.join(this.folder, name);
    if (this.#disk.stat(file)) this.#disk.unlink(file);
    written.push(name);
    this.#disk.writeNew(file, parts.length === 1 ? parts[0]! : Buffer.concat(parts));
    this.#disk.sync(file);
  }

  #unlinkQuietly(name: string): void {
    try {
      this.#disk.unlink(path.join(this.folder, name));
    } catch {
      // It takes room and does no other harm; the error that is on its way matters more.
    }
  }

  /** The content. Throws `LEDGER_DAMAGED` when it is not there or not whole. */
  read(hash: string): Buffer {
    const found = this.#find(hash);
    if (found) return found.content;
    const file = path.join(this.folder, hash);
    const at = this.#packs().get(hash);
    const isDamaged = at !== undefined || this.#disk.stat(file) !== undefined;
    throw new RerouteError({
      code: 'LEDGER_DAMAGED',
      message: `The ledger needs the content ${hash}, and its copy is ${isDamaged ? 'damaged' : 'gone'}.`,
      where: { file: at?.file ?? file },
      next: 'Bring the file back from a backup or from version control; Reroute changes nothing without it.',
    });
  }

  /** Removes contents, so that their room on the disk can be used; those that share a pack with others stay. */
  drop(hashes: ReadonlySet<string>): void {
    const packs = new Map<string, boolean>();
    for (const [hash, { file }] of this.#packs()) packs.set(file, (packs.get(file) ?? true) && hashes.has(hash));
    const files = [...packs].filter(([, isUnused]) => isUnused).map(([file]) => file);
    for (const hash of hashes) {
      this.#stored.delete(hash);
      files.push(path.join(this.folder, hash));
    }
    this.#packed = undefined;
    for (const file of files) {
      try {
        this.#disk.unlink(file);
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT') throw error;
      }
    }
  }

  /** The whole content and the file that it is in. */
  #find(hash: string): { readonly content: Buffer; readonly file: string } | undefined {
    const own = path.join(this.folder, hash);
    if (this.#disk.stat(own)?.kind === 'file') {
      const content = this.#disk.read(own);
      if (sha256(content) === hash) return { content, file: own };
    }
    const at = this.#packs().get(hash);
    if (!at) return undefined;
    const content = this.#disk.readPart(at.file, at.offset, at.length);
    return sha256(content) === hash ? { content, file: at.file } : undefined;
  }

  /** Where packed contents are. Looked up once: whoever has the lock is the only one who stores. */
  #packs(): ReadonlyMap<string, PackedAt> {
    if (this.#packed) return this.#packed;
    const packed = new Map<string, PackedAt>();
    const names = this.#disk.stat(this.folder)?.kind === 'folder' ? this.#disk.list(this.folder) : [];
    for (const name of names.filter(isPack)) {
      const file = path.join(this.folder, name);
      for (const at of readPackIndex(this.#disk, file)) packed.set(at.hash, at);
    }
    this.#packed = packed;
    return packed;
  }
}

/** Names and parts of packs for these contents. */
function* packsOf(contents: readonly (readonly [string, Uint8Array])[]): Generator<[string, readonly Uint8Array[]]> {
  let some: (readonly [string, Uint8Array])[] = [];
  let bytes = 0;
  for (const each of contents) {
    some.push(each);
    bytes += each[1].length;
    if (bytes < PACK_BYTES) continue;
    yield [packName(some), encodePack(some)];
    some = [];
    bytes = 0;
  }
  if (some.length > 0) yield [packName(some), encodePack(some)];
}
