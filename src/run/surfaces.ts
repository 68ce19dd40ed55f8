import { encode } from '../base/source-text.ts';
import { createSurfaceReader, type SurfaceReader } from '../compiler/surface-reader.ts';
import type { Migration } from '../manifest/migration.ts';
import { namesBetweenPackages } from '../proxy/package-names.ts';
import { type ProxyPlan, planProxies } from '../proxy/plan-proxies.ts';
import { checkManifest } from '../survey/check-manifest.ts';
import { installCommand } from '../survey/install-command.ts';
import type { TargetView } from '../survey/target-view.ts';
import { isRetired, originalOf } from './history.ts';
import type { Ledger } from './ledger.ts';

export interface SurfacesOptions {
  readonly migration: Migration;
  readonly ledger: Ledger;
  readonly ignoreBadTsconfig: boolean;
}

/** What a run needs of module surfaces: the manifest held against them, and the proxies made from them. */
export class Surfaces {
  readonly #options: SurfacesOptions;
  readonly #reader: SurfaceReader;

  constructor(root: string, options: SurfacesOptions) {
    this.#options = options;
    this.#reader = createSurfaceReader({ root, onBadConfig: options.ignoreBadTsconfig ? 'ignore' : 'throw' });
  }

  /** Throws `MANIFEST_UNKNOWN_MODULE`, `_EXPORT` or `_MEMBER` when the manifest names what is not there. */
  checkManifest(view: TargetView): void {
    checkManifest({
      migration: this.#options.migration,
      reader: this.#reader,
      view,
      install: (name) => installCommand(view, name),
      isRetired: (file) => isRetired(this.#options.ledger, this.#options.migration, file),
    });
  }

  /** The proxies as they should stand now, from the surfaces that the deprecated modules had before this migration. */
  planProxies(view: TargetView): ProxyPlan {
    const { migration, ledger } = this.#options;
    return planProxies({
      migration,
      root: view.root,
      reader: this.#reader,
      files: view.files(),
      names: namesBetweenPackages(view, migration, this.#reader),
      readText: (file) => {
        const source = view.read(file);
        return typeof source === 'string' ? undefined : encode(source).toString('utf8');
      },
      readOriginal: (file) => originalOf(ledger, migration, file)?.text,
    });
  }
}
