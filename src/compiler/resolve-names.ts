import path from 'node:path';
import { type TS, ts } from './ts-morph.ts';

/**
 * What the specifiers in a file lead to. ts-morph does not tell its program which files are ES modules, and in Node's
 * modes that decides whether a specifier needs its extension and which of a package's conditions hold.
 */
export function resolveNames(
  names: readonly string[],
  file: string,
  options: TS.CompilerOptions,
  host: TS.ModuleResolutionHost,
  standIns: ReadonlyMap<string, string>,
): (TS.ResolvedModuleFull | undefined)[] {
  const mode = ts.getImpliedNodeFormatForFile(file, undefined, host, options);
  return names.map((name) => {
    const { resolvedModule } = ts.resolveModuleName(name, file, options, host, undefined, undefined, mode);
    const standIn = standIns.get(name);
    if (resolvedModule || standIn === undefined) return resolvedModule;
    return { resolvedFileName: standIn, extension: path.extname(standIn), isExternalLibraryImport: false };
  });
}
