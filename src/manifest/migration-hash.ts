import path from 'node:path';
import { sha256 } from '../base/hashes.ts';
import { toPosix } from '../base/paths.ts';
import type { Mapping, Migration } from './migration.ts';

/**
 * 12 hex digits that two manifests share when they mean the same: layout, comments, the order of keys and of
 * `replaces`, and what is left out or written out do not count; the order of phases, steps and gates does. Nothing of
 * where the manifest lies goes in.
 */
export function hashMigration(migration: Omit<Migration, 'hash'>): string {
  const folder = path.dirname(migration.file);
  const content = {
    name: migration.name,
    moves: unordered(
      migration.moves.map((move) =>
        move.kind === 'module'
          ? { ...move, replaces: unordered(move.replaces) }
          : {
              ...move,
              replaces: unordered(move.replaces.map((each) => ({ ...each, mappings: mappingsOf(each.mappings) }))),
              inPlace: mappingsOf(move.inPlace),
              ...(move.overrides && { overrides: mappingsOf(move.overrides) }),
              imports: unordered([...move.imports]),
            },
      ),
    ),
    ...(migration.folders && {
      folders: unordered(migration.folders.map((folder) => ({ ...folder, replaces: unordered(folder.replaces) }))),
    }),
    ...(migration.dependencies && { dependencies: migration.dependencies }),
    ...(migration.mentions && { mentions: true }),
    ...(migration.fallback && { fallback: true }),
    review: unordered(migration.review),
    phases: migration.phases.map((phase) => ({
      ...phase,
      steps: phase.steps.map((step) =>
        step.kind === 'codemod' ? { ...step, path: toPosix(path.relative(folder, step.path)) } : step,
      ),
    })),
    gates: migration.gates,
  };
  return sha256(stable(content)).slice(0, 12);
}

function mappingsOf(mappings: readonly Mapping[]): readonly unknown[] {
  return unordered(mappings.map(({ of, name, parameters, to }) => ({ of, name, parameters, text: to.text })));
}

/** A list whose order has no meaning, in an order that only depends on what is in it. */
function unordered(list: readonly unknown[]): readonly unknown[] {
  return list.toSorted((a, b) => (stable(a) < stable(b) ? -1 : 1));
}

/** JSON with the keys of every object sorted. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
