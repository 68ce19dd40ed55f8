import path from 'node:path';

const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts', '.js', '.jsx'],
  '.jsx': ['.tsx', '.d.ts', '.jsx'],
  '.mjs': ['.mts', '.d.mts', '.mjs'],
  '.cjs': ['.cts', '.d.cts', '.cjs'],
};
const ADDED = ['.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mts', '.mjs', '.cts', '.cjs', '.json'];

/**
 * The file that a relative specifier names, by name alone, in the order in which TypeScript looks: sources before their
 * output, files before folders. `undefined` for other specifiers and when there is no such file.
 */
export function findRelativeModule(
  from: string,
  specifier: string,
  exists: (file: string) => boolean,
): string | undefined {
  if (!/^\.\.?(?:\/|$)/.test(specifier)) return undefined;
  return findModuleAt(path.posix.resolve(path.posix.dirname(from), specifier), exists);
}

/** The file that a path names, with or without extension. */
export function findModuleAt(base: string, exists: (file: string) => boolean): string | undefined {
  const extension = path.posix.extname(base);
  const sources = (SOURCES[extension] ?? []).map((each) => base.slice(0, -extension.length) + each);
  const candidates = [
    ...sources,
    ...(extension === '' ? [] : [base]),
    ...ADDED.map((each) => base + each),
    ...ADDED.map((each) => path.posix.join(base, `index${each}`)),
  ];
  return candidates.find(exists);
}
