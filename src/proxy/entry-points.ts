import path from 'node:path';
import { z } from 'zod';
import type { DescribedProxy } from './describe-proxy.ts';
import type { ProxyEntry } from './proxy-module.ts';
import { relativeSpecifier } from './specifiers.ts';

type ReadText = (path: string) => string | undefined;

const PACKAGE = z.looseObject({
  exports: z.unknown().optional(),
  main: z.string().optional(),
  module: z.string().optional(),
});

/**
 * The modules that `import` reaches at an entry point of their package, each with the one that `require` reaches there:
 * paths relative to the target's root. Source: Node's package entry points, conditions in the order in which they stand.
 */
export function requiredTwins(modules: readonly string[], readText: ReadText): ReadonlyMap<string, string> {
  const twins = new Map<string, string>();
  const folders = new Set(modules.flatMap((module) => packageFolder(module, readText) ?? []));
  for (const folder of folders) {
    const file = (specifier: string) => path.posix.join(folder, specifier);
    for (const { imported, required } of entryPoints(readText(file('package.json'))!)) {
      if (imported === undefined || required === undefined || file(imported) === file(required)) continue;
      if (modules.includes(file(imported)) && modules.includes(file(required)))
        twins.set(file(imported), file(required));
    }
  }
  return twins;
}

/**
 * Proxies of which those that `import` reaches hand on what the one for `require` has: both formats have one instance
 * behind them. One that exports more than its twin stays as it is.
 */
export function withOneInstance<T extends Pick<DescribedProxy, 'proxy'>>(
  described: readonly T[],
  readText: ReadText,
): readonly T[] {
  const byPath = new Map(described.map((one) => [one.proxy.path, one]));
  const twins = requiredTwins([...byPath.keys()], readText);
  return described.map((one) => {
    const twin = byPath.get(twins.get(one.proxy.path) ?? '');
    if (one.proxy.language !== 'esm' || twin?.proxy.language !== 'cjs' || one.proxy.movedTo !== undefined) return one;
    const specifier = relativeSpecifier(one.proxy.path, twin.proxy.path, 'js');
    const names = new Set(twin.proxy.entries.map(({ name }) => name));
    const handed = one.proxy.entries.map((entry) => handedOn(entry, specifier));
    if (one.proxy.stars.length > 0 || !handed.every((entry) => isType(entry) || names.has(entry.name))) return one;
    // What `import` calls default is all of the CommonJS module, which is right where that is one value.
    if (handed.some(({ name }) => name === 'default') && !twin.proxy.wholeExport) return one;
    return { ...one, proxy: { ...one.proxy, entries: handed, fallback: undefined } };
  });
}

function isType(entry: ProxyEntry): boolean {
  return entry.form === 'type' || (entry.form === 're-export' && entry.typeOnly);
}

function handedOn(entry: ProxyEntry, specifier: string): ProxyEntry {
  if (isType(entry)) return entry;
  const from = { specifier, imported: entry.name, whole: false };
  return { form: 're-export', name: entry.name, from, typeOnly: false, replacement: replacementOf(entry) };
}

function replacementOf(entry: ProxyEntry): string | undefined {
  if (entry.form === 'function') return entry.notice.replacement;
  return 'replacement' in entry ? entry.replacement : undefined;
}

function packageFolder(module: string, readText: ReadText): string | undefined {
  for (let folder = path.posix.dirname(module); ; folder = path.posix.dirname(folder)) {
    if (readText(path.posix.join(folder, 'package.json')) !== undefined) return folder;
    if (folder === '.' || folder === '/') return undefined;
  }
}

interface EntryPoint {
  readonly imported: string | undefined;
  readonly required: string | undefined;
}

function entryPoints(text: string): readonly EntryPoint[] {
  let parsed: z.infer<typeof PACKAGE> | undefined;
  try {
    parsed = PACKAGE.safeParse(JSON.parse(text)).data;
  } catch {
    // Whoever reads it for its meaning says so.
  }
  if (!parsed) return [];
  const { exports, main, module } = parsed;
  // Bundlers take `module` where Node takes `main`.
  if (exports === undefined) return [{ imported: module, required: main }];
  const isTable =
    typeof exports === 'object' && exports !== null && Object.keys(exports).some((key) => key.startsWith('.'));
  const targets = isTable ? Object.values(exports) : [exports];
  return targets.map((target) => ({ imported: reached(target, 'import'), required: reached(target, 'require') }));
}

/** The file that a target of `exports` leads to in Node, for `import` or for `require`. */
function reached(target: unknown, condition: 'import' | 'require'): string | undefined {
  if (typeof target === 'string') return target;
  if (Array.isArray(target)) return reached(target[0], condition);
  if (typeof target !== 'object' || target === null) return undefined;
  for (const [key, inner] of Object.entries(target)) {
    if (key !== condition && key !== 'node' && key !== 'default') continue;
    const file = reached(inner, condition);
    if (file !== undefined) return file;
  }
  return undefined;
}
