import fs from 'node:fs';
import path from 'node:path';

/**
 * All that a run does to a file system. Every effect is one method, so that a wrapper can fail, tear or stop at each of
 * them; nothing else in `run/` writes. Paths are absolute. Errors are Node's, with their `code`.
 */
export interface Disk {
  /** What stands at a path, links not followed; `undefined` when nothing does. */
  stat(file: string): FileFacts | undefined;
  /** The file's bytes. Throws `ELOOP` when the path is a link. */
  read(file: string): Buffer;
  /** So many of the file's bytes from an offset on; fewer where it ends. Throws `ELOOP` when the path is a link. */
  readPart(file: string, offset: number, length: number): Buffer;
  /** Names in a folder, sorted. */
  list(folder: string): readonly string[];
  /** The path with all links followed. */
  realPath(file: string): string;

  /** Makes a file that must not exist yet. Without a mode, the one that the process gives new files. */
  writeNew(file: string, bytes: Uint8Array, mode?: number): void;
  /** Adds to the end of a file, which is made when it is not there. Throws `ELOOP` when the path is a link. */
  append(file: string, bytes: Uint8Array): void;
  truncate(file: string, length: number): void;
  setMode(file: string, mode: number): void;
  setOwner(file: string, owner: Owner): void;
  /** Returns when the file's content would survive a power cut. */
  sync(file: string): void;
  /** Returns when the folder's names would survive a power cut. */
  syncFolder(folder: string): void;
  rename(from: string, to: string): void;
  /** Gives a file a second name, which must not exist yet. */
  link(existing: string, added: string): void;
  unlink(file: string): void;
  makeFolder(folder: string): void;
  /** Removes an empty folder. */
  removeFolder(folder: string): void;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface FileFacts extends Owner {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** The permission bits, `0` to `0o777`. */
  readonly mode: number;
  /** Bytes. */
  readonly size: number;
  /** How many names the file has; more than 1: hard links. */
  readonly names: number;
}

const { O_RDONLY, O_WRONLY, O_APPEND, O_CREAT } = fs.constants;
// Windows has no such flag, and no links that a user makes by accident.
const O_NOFOLLOW = fs.constants.O_NOFOLLOW ?? 0;
const ON_WINDOWS = path.sep === '\\';

/** The real file system. */
export const nodeDisk: Disk = {
  stat(file) {
    const found = fs.lstatSync(file, { throwIfNoEntry: false });
    if (!found) return undefined;
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : found.isSymbolicLink() ? 'link' : 'other';
    const { size, nlink, uid, gid } = found;
    return { kind, mode: found.mode & 0o777, size, names: nlink, uid, gid };
  },
  read: (file) => withFile(file, O_RDONLY | O_NOFOLLOW, (fd) => fs.readFileSync(fd)),
  readPart: (file, offset, length) =>
    withFile(file, O_RDONLY | O_NOFOLLOW, (fd) => {
      const part = Buffer.alloc(length);
      let read = 0;
      for (let more = -1; more !== 0 && read < length; read += more) {
        more = fs.readSync(fd, part, read, length - read, offset + read);
      }
      return part.subarray(0, read);
    }),
  list: (folder) => fs.readdirSync(folder).sort(),
  realPath: (file) => fs.realpathSync.native(file),

  writeNew: (file, bytes, mode) => fs.writeFileSync(file, bytes, { flag: 'wx', mode: mode ?? 0o666 }),
  append: (file, bytes) =>
    withFile(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, (fd) => fs.writeFileSync(fd, bytes)),
  truncate: (file, length) => fs.truncateSync(file, length),
  setMode: (file, mode) => fs.chmodSync(file, mode),
  setOwner: (file, owner) => fs.chownSync(file, owner.uid, owner.gid),
  // Windows flushes only what is open for writing; elsewhere a file without write permission must be flushable too.
  sync: (file) => withFile(file, ON_WINDOWS ? fs.constants.O_RDWR : O_RDONLY, fs.fsyncSync),
  syncFolder(folder) {
    // NTFS journals names by itself, and a folder cannot be flushed there.
    if (!ON_WINDOWS) withFile(folder, O_RDONLY, fs.fsyncSync);
  },
  rename: (from, to) => fs.renameSync(from, to),
  link: (existing, added) => fs.linkSync(existing, added),
  unlink: (file) => fs.unlinkSync(file),
  makeFolder: (folder) => fs.mkdirSync(folder),
  removeFolder: (folder) => fs.rmdirSync(folder),
};

function withFile<T>(file: string, flags: number, use: (fd: number) => T): T {
  const fd = fs.openSync(file, flags, 0o666);
  try {
    return use(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** `ENOENT`, `EACCES`, …; `undefined` when the error is not the system's. */
export function errnoOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Makes or replaces a file of our own so that after a power cut it is the old one or the new one, never a part. */
export function replaceFile(disk: Disk, file: string, bytes: Uint8Array): void {
  const temporary = `${file}.tmp`;
  if (disk.stat(temporary)) disk.unlink(temporary);
  disk.writeNew(temporary, bytes);
  disk.sync(temporary);
  disk.rename(temporary, file);
  disk.syncFolder(path.dirname(file));
}
