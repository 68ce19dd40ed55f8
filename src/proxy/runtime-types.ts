import path from 'node:path';

/** The run-time part's own types, for targets that do not have it installed yet. */
export function runtimeTypes(specifier: string): ReadonlyMap<string, string> {
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.d.ts';
  const file = (name: string) => path.posix.join(import.meta.dirname, `../deprecation/${name}${ending}`);
  return new Map([
    [specifier, file('index')],
    [`${specifier}/overrides`, file('reach-overrides')],
  ]);
}
