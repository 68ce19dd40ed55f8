import type { CompilerSession, OpenOptions } from '../compiler/contract.ts';
import { openCompiler } from '../compiler/open.ts';
import type { Migration } from '../manifest/migration.ts';
import type { Found } from './survey.ts';
import { find, prove, type Survey } from './survey.ts';
import type { TargetView } from './target-view.ts';

/** Opens the compiler on the files that text search found. The caller closes it. */
export function openOn(
  view: TargetView,
  found: Found,
  migration: Migration,
  options: Pick<OpenOptions, 'onBadConfig' | 'isAmbient' | 'textOf'> = {},
): CompilerSession {
  const files = found.files.map((file) => view.absolute(file));
  const movesFiles = migration.moves.some(({ kind }) => kind === 'module');
  return openCompiler({ root: view.root, files, movesFiles, ...options });
}

/** Surveys a whole target once and closes the compiler again, also on errors. */
export function surveyTarget(view: TargetView, migration: Migration, onBadConfig?: OpenOptions['onBadConfig']): Survey {
  const found = find(view, migration);
  const session = openOn(view, found, migration, onBadConfig ? { onBadConfig } : {});
  try {
    return prove(view, migration, found, session);
  } finally {
    session.close();
  }
}
