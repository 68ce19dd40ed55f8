import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { RerouteError } from '../base/errors.ts';
import { isFile } from '../base/is-file.ts';
import type { Place } from '../base/places.ts';
import type { Migration } from './migration.ts';
import { normalise } from './normalise.ts';

/** The names of a manifest, the first that is there wins. */
export const MANIFEST_NAMES = [
  'reroute.config.ts',
  'reroute.config.mts',
  'reroute.config.js',
  'reroute.config.mjs',
] as const;

const SIMILAR = /^\.?reroute[\w.-]*\.\w+$/i;

/**
 * The manifest's absolute path: `explicit` (a file, or a folder to look in; relative to `startFolder`), else the first
 * of {@link MANIFEST_NAMES} in `startFolder`. Throws `MANIFEST_NOT_FOUND`.
 */
export function findManifest(startFolder: string, explicit?: string): string {
  const asked = path.resolve(startFolder, explicit ?? '.');
  const stats = statSync(asked, { throwIfNoEntry: false });
  if (stats?.isFile()) return asked;
  const found = MANIFEST_NAMES.map((name) => path.join(asked, name)).find((file) => existsSync(file));
  if (found) return found;
  throw notFound(stats?.isDirectory() ? `There is no manifest in ${asked}.` : `There is no manifest ${asked}.`, asked);
}

/**
 * The migration that a manifest describes, checked. The manifest is run, with `reroute` standing for this very copy,
 * so that it loads where reroute is not installed; nothing is cached and nothing is written.
 *
 * Throws `MANIFEST_NOT_FOUND`; `MANIFEST_THROWS` with the manifest's own error, also when it does not parse;
 * `MANIFEST_INVALID` and `MANIFEST_AMBIGUOUS_SIGNATURE` as `normalise` does.
 */
export async function loadManifest(file: string): Promise<Migration> {
  const absolute = path.resolve(file);
  if (!isFile(absolute)) throw notFound(`There is no manifest ${absolute}.`, absolute);
  const source = readFileSync(absolute, 'utf8').replace(/^\uFEFF/, '');
  const loaded = await run(absolute, source);
  if (!('default' in loaded) || loaded.default === undefined) throw withoutDefault(absolute, Object.keys(loaded));
  return normalise(loaded.default, absolute, source);
}

async function run(file: string, source: string): Promise<Readonly<Record<string, unknown>>> {
  const here = fileURLToPath(import.meta.url);
  const index = path.join(path.dirname(here), `../index${path.extname(here)}`);
  const jiti = createJiti(file, {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    alias: { reroute: index },
  });
  try {
    return await jiti.import<Readonly<Record<string, unknown>>>(file);
  } catch (error) {
    const text =
      error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : String(error);
    throw new RerouteError({
      code: 'MANIFEST_THROWS',
      message: 'The manifest does not load: it throws an error of its own, or does not parse.',
      where: placeOf(error, file, source) ?? { file },
      details: text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => line.trim()),
      next: `Correct ${file} and run the same command again.`,
      cause: error,
    });
  }
}

/** Where in the manifest an error came from: jiti keeps the lines; columns of the first line it does not. */
function placeOf(error: unknown, file: string, source: string): Place | undefined {
  if (!(error instanceof Error)) return undefined;
  const at = [error.message, error.stack ?? ''].flatMap((text) => text.split(`${file}:`).slice(1))[0];
  const [, line, column] = /^(\d+):(\d+)/.exec(at ?? '') ?? [];
  if (!line || !column) return undefined;
  const lines = source.split(/(?<=\n)/);
  const lineText = lines[Number(line) - 1] ?? '';
  const inLine = Number(column) <= lineText.length ? Number(column) : 1;
  const start = lines.slice(0, Number(line) - 1).join('').length + inLine - 1;
  return { file, line: Number(line), column: inLine, range: { start, end: start } };
}

function withoutDefault(file: string, names: readonly string[]): RerouteError {
  return new RerouteError({
    code: 'MANIFEST_INVALID',
    message: 'The manifest has no default export.',
    where: { file },
    details: [names.length > 0 ? `It exports ${names.join(', ')}.` : 'It exports nothing.'],
    next: `Write: export default defineMigration({ name: '…', canonical: { … } });`,
  });
}

function notFound(message: string, asked: string): RerouteError {
  const folder = statSync(asked, { throwIfNoEntry: false })?.isDirectory() ? asked : path.dirname(asked);
  const similar = existsSync(folder) ? readdirSync(folder).filter((name) => SIMILAR.test(name)) : [];
  return new RerouteError({
    code: 'MANIFEST_NOT_FOUND',
    message,
    where: { file: asked },
    details: [
      `Looked for ${MANIFEST_NAMES.join(', ')}.`,
      ...similar.map((name) => `There is ${path.join(folder, name)}.`),
    ],
    next: "Run 'reroute init' to write one, or name one with --config <file>.",
  });
}
