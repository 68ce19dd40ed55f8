import { lstatSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { isInside } from '../base/paths.ts';

/**
 * Writes a file of ours (a plan, a report, a manifest) in a target, its folder made when it is not there. Throws
 * `OUTPUT_LEADS_OUT` when a link would take it out of the target, `OUTPUT_NOT_WRITABLE` when it cannot be written.
 */
export function writeInside(root: string, file: string, text: string): void {
  const absolute = path.resolve(root, file);
  try {
    mkdirSync(path.dirname(absolute), { recursive: true });
    const isLink = lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
    const real = path.join(realpathSync(path.dirname(absolute)), path.basename(absolute));
    if (isLink || !isInside(realpathSync(root), real)) throw leadsOut(absolute);
    writeFileSync(absolute, text);
  } catch (error) {
    throw asNotWritable(error, absolute);
  }
}

/** Writes a file that the user named. Throws `OUTPUT_NOT_WRITABLE`. */
export function writeNamed(file: string, text: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw asNotWritable(error, file);
  }
}

function leadsOut(file: string): RerouteError {
  return new RerouteError({
    code: 'OUTPUT_LEADS_OUT',
    message: 'A link leads out of the target, or stands where a file is to be written; it is not followed.',
    where: { file },
    next: 'Remove the link, or name another file with --out.',
  });
}

function asNotWritable(error: unknown, file: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (error instanceof RerouteError || code === undefined) return error;
  return new RerouteError({
    code: 'OUTPUT_NOT_WRITABLE',
    message: `The file cannot be written: ${(error as Error).message}.`,
    where: { file },
    next: 'Name another one with --out, or make its folder writable.',
    cause: error,
  });
}
