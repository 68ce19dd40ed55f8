import path from 'node:path';
import { defaultPhases } from './default-phases.ts';
import type { KeyPath } from './key-path.ts';
import { locateKey } from './locate-key.ts';
import type { Gate, Migration, ReviewRule } from './migration.ts';
import { hashMigration } from './migration-hash.ts';
import { parseExport } from './module-ref.ts';
import { didYouMean } from './nearest-name.ts';
import { readFolders } from './normalise-folders.ts';
import { readGates } from './normalise-gates.ts';
import { type PlacedMove, readDeprecation, readMoves } from './normalise-moves.ts';
import { readPhases } from './normalise-phases.ts';
import { Problems } from './problems.ts';
import { refuseConflicts } from './refuse-conflicts.ts';
import { check, schemas } from './schema.ts';

const DEFAULT_GATES: readonly Gate[] = [{ kind: 'types' }];

/**
 * The migration that a manifest's default export describes. `file` is the manifest's absolute path, `source` its text,
 * for the lines in messages.
 *
 * Throws `MANIFEST_INVALID` with all problems in its details, each with its key path, what was found, what is allowed
 * and the nearest right name; `MANIFEST_AMBIGUOUS_SIGNATURE` when the only problems are mappings that one use fits.
 */
export function normalise(input: unknown, file: string, source: string): Migration {
  const problems = new Problems();
  const locate = (at: KeyPath) => locateKey(file, source, at);
  check(schemas.manifest, input, [], problems);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) problems.throwIfAny(file, locate);

  const given = input as Readonly<Record<string, unknown>>;
  const name = check(schemas.name, given.name, ['name'], problems) ?? '';
  const deprecation = readDeprecation(given.deprecation, ['deprecation'], problems);
  const moves = readMoves(given.canonical, deprecation, problems);
  const folders = readFolders(given.canonical, problems);
  const review = readReview(given.review, problems);
  const dependencies = readDependencies(given.dependencies, moves, problems);
  const mentions =
    given.mentions === undefined ? false : check(schemas.mentions, given.mentions, ['mentions'], problems);
  const fallback =
    given.fallback === undefined ? false : check(schemas.fallback, given.fallback, ['fallback'], problems);
  refuseConflicts(moves, review, problems);
  const written = given.phases === undefined ? undefined : readPhases(given.phases, path.dirname(file), problems);
  const gates = given.gates === undefined ? DEFAULT_GATES : readGates(given.gates, ['gates'], problems);
  problems.throwIfAny(file, locate);

  const content = {
    name,
    file,
    moves: moves.map(({ move }) => move),
    ...(folders.length > 0 && { folders }),
    ...(dependencies && { dependencies }),
    ...(mentions && { mentions }),
    ...(deprecation && { deprecation }),
    ...(fallback && { fallback }),
    review: review.map(({ export: ref, reason }) => ({ export: ref, reason })),
    phases:
      written ??
      defaultPhases(
        moves.map(({ move }) => move),
        folders.length > 0,
      ),
    gates,
  };
  return { ...content, hash: hashMigration(content) };
}

function readReview(value: unknown, problems: Problems): readonly (ReviewRule & { readonly path: KeyPath })[] {
  if (value === undefined) return [];
  return Object.entries(check(schemas.review, value, ['review'], problems) ?? {}).flatMap(([text, reason]) => {
    const at = ['review', text];
    const ref = parseExport(text);
    if (typeof ref !== 'string') return [{ export: ref, reason, path: at }];
    problems.add(at, ref);
    return [];
  });
}

function readDependencies(value: unknown, moves: readonly PlacedMove[], problems: Problems): Migration['dependencies'] {
  if (value === undefined) return undefined;
  const given = check(schemas.dependencies, value, ['dependencies'], problems);
  const packages = moves.flatMap(({ move }) => {
    const ref = move.kind === 'module' ? move.canonical : move.canonical.module;
    return ref.kind === 'package' ? [/^(?:@[^/]+\/)?[^/]+/.exec(ref.specifier)![0]] : [];
  });
  for (const name of Object.keys(given ?? {})) {
    if (packages.includes(name)) continue;
    problems.add(['dependencies', name], `nothing moves to the package '${name}'${didYouMean(name, packages)}`);
  }
  return given;
}
