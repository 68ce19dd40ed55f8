import { readFileSync } from 'node:fs';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BOM = '\uFEFF';

/** A text file as Reroute edits it: the text without its byte order mark, and whether there was one. */
export interface SourceText {
  readonly text: string;
  readonly bom: boolean;
}

/** The text of a file's bytes, or why it has none: a NUL byte (`binary`) or bytes that are not UTF-8 (`not-utf-8`). */
export function decode(bytes: Uint8Array): SourceText | 'binary' | 'not-utf-8' {
  if (bytes.includes(0)) return 'binary';
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    return 'not-utf-8';
  }
  return text.startsWith(BOM) ? { text: text.slice(1), bom: true } : { text, bom: false };
}

/** The bytes of a text; {@link decode} of them gives it back. */
export function encode(source: SourceText): Buffer {
  return Buffer.from(source.bom ? BOM + source.text : source.text, 'utf8');
}

/** In UTF-16 units. No program is that long; what makes one of it takes many times its length of memory. */
const LONGEST = 64 * 1024 * 1024;

/** The text of a file, or why there is none; `gone` when there is no such file, `too-long` beyond 64 million characters. */
export function readSource(file: string): SourceText | 'binary' | 'not-utf-8' | 'too-long' | 'gone' {
  try {
    // Node reads and decodes UTF-8 in one go, several times as fast as through a buffer; it puts U+FFFD where that fails.
    const text = readFileSync(file, 'utf8');
    if (text.length > LONGEST) return 'too-long';
    if (text.includes('\0') || text.includes('\uFFFD')) return decode(readFileSync(file));
    return text.startsWith(BOM) ? { text: text.slice(1), bom: true } : { text, bom: false };
  } catch (error) {
    if (isMissing(error)) return 'gone';
    if (isTooLong(error)) return 'too-long';
    throw error;
  }
}

/** Beyond what Node puts into a string, or into a buffer. Looked at only when it happens: asking first takes its time. */
function isTooLong(error: unknown): boolean {
  return ['ERR_STRING_TOO_LONG', 'ERR_FS_FILE_TOO_LARGE'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** Whether a file could not be read because there is none. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
