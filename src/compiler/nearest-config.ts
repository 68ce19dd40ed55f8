import { existsSync } from 'node:fs';
import path from 'node:path';
import { isInside } from '../base/paths.ts';
import { badConfig } from './projects/bad-config.ts';
import { type TS, ts } from './ts-morph.ts';

/** Finds the configuration that single files belong to, without listing the files of any that it need not. */
export class NearestConfig {
  readonly #root: string;
  readonly #found = new Map<string, string | undefined>();

  /** `root` is the target's, absolute. */
  constructor(root: string) {
    this.#root = root;
  }

  /** The nearest tsconfig.json from the file's folder up to the root; in one that only has references, the one it is in. */
  of(file: string): string | undefined {
    const folder = path.posix.dirname(file);
    if (!isInside(this.#root, folder)) return undefined;
    if (this.#found.has(folder)) return this.#found.get(folder);
    let found: string | undefined;
    for (let at = folder; !found && isInside(this.#root, at); at = path.posix.dirname(at)) {
      const config = path.posix.join(at, 'tsconfig.json');
      if (existsSync(config)) found = throughReferences(config, file);
      if (at === path.posix.dirname(at)) break;
    }
    this.#found.set(folder, found);
    return found;
  }
}

function throughReferences(config: string, file: string): string {
  const { config: json } = ts.readConfigFile(config, ts.sys.readFile);
  const references = (json?.references ?? []) as readonly { path: string }[];
  if (!(Array.isArray(json?.files) && json.files.length === 0) || references.length === 0) return config;
  for (const reference of references) {
    const named = path.posix.join(path.posix.dirname(config), reference.path);
    const candidate = named.endsWith('.json') ? named : path.posix.join(named, 'tsconfig.json');
    if (!existsSync(candidate)) continue;
    const parsed = ts.getParsedCommandLineOfConfigFile(
      candidate,
      {},
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic() {} },
    );
    if (parsed?.fileNames.includes(file)) return candidate;
  }
  return config;
}

/** The options of a configuration; `undefined` when it does not parse and is to be ignored. */
export function parseConfig(
  config: string,
  isScript: boolean,
  onBadConfig: 'throw' | 'ignore',
  root: string,
): TS.CompilerOptions | undefined {
  const { config: json, error } = ts.readConfigFile(config, ts.sys.readFile);
  if (error && onBadConfig === 'ignore') return undefined;
  if (error) {
    const { code, start = 0, length = 0, messageText } = error;
    const message = ts.flattenDiagnosticMessageText(messageText, ' ');
    const problem = { file: config, range: { start, end: start + length }, code, message };
    throw badConfig([problem], root, ts.sys.readFile);
  }
  // No file list: which files a configuration includes does not matter here, and globbing a large target takes seconds.
  const parsed = ts.parseJsonConfigFileContent(
    { ...json, include: [], files: [] },
    ts.sys,
    path.posix.dirname(config),
    undefined,
    config,
  );
  return isScript ? { ...parsed.options, allowJs: true } : parsed.options;
}
