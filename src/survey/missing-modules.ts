import { isBuiltin } from 'node:module';
import path from 'node:path';
import { relativeToRoot } from '../base/paths.ts';
import type { CompilerSession, UnresolvedImport } from '../compiler/contract.ts';
import type { ConfiguredNames } from './configured-names.ts';
import { SPECIFIER } from './import-graph.ts';
import { packageName } from './target-layout.ts';
import type { TargetView } from './target-view.ts';
import type { Missing } from './usage.ts';

/** Says what imports that lead nowhere ask for. Asks the compiler, so only while it is open. */
export class MissingModules {
  readonly #session: CompilerSession;
  readonly #view: TargetView;
  readonly #configured: ConfiguredNames;

  constructor(session: CompilerSession, view: TargetView, configured: ConfiguredNames) {
    this.#session = session;
    this.#view = view;
    this.#configured = configured;
  }

  /** `undefined` when the module is there and only its types are not known. */
  of({ file, specifier }: UnresolvedImport): Missing | undefined {
    return this.#session.isMissing(file, specifier) ? this.#named(file, specifier) : undefined;
  }

  /** The packages that a file (relative) with this text imports and that are not installed, sorted. */
  packagesIn(file: string, text: string): readonly string[] {
    const absolute = this.#view.absolute(file);
    const specifiers = new Set([...text.matchAll(SPECIFIER)].map((match) => match[2]!));
    const found = [...specifiers].flatMap((specifier) => {
      const { kind, name } = this.#named(absolute, specifier);
      return kind === 'package' && this.#session.isMissing(absolute, specifier) ? [name] : [];
    });
    return [...new Set(found)].sort();
  }

  #named(file: string, specifier: string): Missing {
    if (isBuiltin(specifier)) return { kind: 'package', name: '@types/node' };
    const name = packageName(specifier);
    const isOwn = this.#configured.meanings(specifier).length > 0 || this.#configured.homes.names().has(name ?? '');
    if (name !== undefined && !isOwn) return { kind: 'package', name };
    if (!/^\.{1,2}(?:\/|$)/.test(specifier)) return { kind: 'file', name: specifier };
    const target = path.posix.join(path.posix.dirname(file), specifier);
    return { kind: 'file', name: relativeToRoot(this.#view.root, target) ?? specifier };
  }
}
