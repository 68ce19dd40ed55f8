import { z } from 'zod';
import { sha256 } from '../base/hashes.ts';
import type { Disk } from './disk.ts';

/**
 * Many contents in one file, `pack-<sha256 of the hashes>`: the index's length in 12 digits and a line end, the index as
 * JSON, the contents one after the other. The index is only a hint where to look: every content is checked by its own
 * hash when it is read, so a pack that is torn or doctored gives nothing wrong.
 */
const index = z.array(z.tuple([z.string().regex(/^[0-9a-f]{64}$/), z.int().nonnegative()]));

/** Where a packed content is. */
export interface PackedAt {
  readonly hash: string;
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

type Contents = readonly (readonly [hash: string, content: Uint8Array])[];

const HEAD = 13;

export function packName(contents: Contents): string {
  return `pack-${sha256(contents.map(([hash]) => hash).join(' '))}`;
}

export function isPack(name: string): boolean {
  return /^pack-[0-9a-f]{64}$/.test(name);
}

export function encodePack(contents: Contents): readonly Uint8Array[] {
  const head = Buffer.from(JSON.stringify(contents.map(([hash, content]) => [hash, content.length])));
  const length = Buffer.from(`${String(head.length).padStart(HEAD - 1, '0')}\n`);
  return [length, head, ...contents.map(([, content]) => content)];
}

/** What a pack says that it holds; nothing when it is no pack, or torn. */
export function readPackIndex(disk: Disk, file: string): readonly PackedAt[] {
  const size = disk.stat(file)?.kind === 'file' ? disk.stat(file)!.size : 0;
  const length = size >= HEAD ? Number(disk.readPart(file, 0, HEAD).toString('latin1')) : Number.NaN;
  if (!Number.isSafeInteger(length) || length < 0 || HEAD + length > size) return [];
  const entries = parseIndex(disk.readPart(file, HEAD, length).toString('utf8'));
  const packed: PackedAt[] = [];
  let offset = HEAD + length;
  for (const [hash, bytes] of entries) {
    if (offset + bytes > size) break;
    packed.push({ hash, file, offset, length: bytes });
    offset += bytes;
  }
  return packed;
}

function parseIndex(text: string): z.infer<typeof index> {
  try {
    return index.safeParse(JSON.parse(text)).data ?? [];
  } catch {
    return [];
  }
}
