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
