import { extname } from 'node:path';
import { createJiti } from 'jiti';
import type { Migration } from '../../src/manifest/migration.ts';

type Loader = typeof import('../../src/manifest/load.ts');

const migrations = new Map<string, Promise<Migration>>();

/** The migration of a manifest, loaded once a process; `file` is absolute. Throws what `loadManifest` throws. */
export function cachedManifest(file: string): Promise<Migration> {
  let migration = migrations.get(file);
  if (!migration) {
    migration = loader().then(({ loadManifest }) => loadManifest(file));
    migrations.set(file, migration);
  }
  return migration;
}

/** jscodeshift compiles transforms to CommonJS, where modules with `import.meta` do not load: jiti loads them. */
function loader(): Promise<Loader> {
  if (typeof __filename === 'string')
    return createJiti(__filename).import<Loader>(`../../src/manifest/load${extname(__filename)}`);
  return import('../../src/manifest/load.ts');
}
