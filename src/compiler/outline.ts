/**
 * The outline of TypeScript modules: their text without the function bodies that no other file can see.
 *
 * A function that says what it returns is closed: whatever stands in its body, its type is what was written before it. A
 * program that wants only a module's declarations can do without such bodies, and they are most of the text; parsing and
 * holding them is most of what a large program costs.
 */
import type { TextRange } from '../base/places.ts';
import { OutlineScanner } from './outline-scanner.ts';
import { isDeclarationFile } from './projects/ambient-files.ts';

/** A variable whose type is what is assigned to it, anywhere in the module. */
const EVOLVING = /\b(?:let|var)\s+[\w$]+\s*(?:[;,\r\n]|=\s*(?:null|undefined|\[\s*\])\s*[;,\r\n])/;

/** Whether {@link outlineOf} may be asked for the text of a file: JSX would take another scanner, JavaScript is inferred from its bodies. */
export function hasOutline(file: string): boolean {
  return /\.[cm]?ts$/.test(file) && !isDeclarationFile(file);
}

/**
 * The text with the bodies of functions, methods and accessors that declare their return type blanked out; every other
 * character keeps its offset. `undefined` when nothing can be blanked, or when the text is not understood for certain.
 */
export function outlineOf(text: string): string | undefined {
  const bodies = new OutlineScanner(text).closedBodies();
  if (bodies === undefined || bodies.length === 0) return undefined;
  const outline = blanked(text, bodies);
  return EVOLVING.test(outline) ? undefined : outline;
}

function blanked(text: string, bodies: readonly TextRange[]): string {
  let outline = '';
  let from = 0;
  for (const { start, end } of bodies) {
    outline += text.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return outline + text.slice(from);
}
