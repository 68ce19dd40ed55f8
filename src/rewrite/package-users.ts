import path from 'node:path';
import type { TargetView } from '../survey/target-view.ts';

/** Whether a text names a package or something in it, in quotes. */
export function namesPackage(text: string | undefined, name: string): boolean {
  return (
    text !== undefined && ["'", '"', '`'].some((q) => text.includes(`${q}${name}${q}`) || text.includes(`${q}${name}/`))
  );
}

/**
 * Whether something of the package that a package.json is about still uses a dependency: its code, what configures it, and
 * scripts, which may run its commands. `after`: texts that files are going to have.
 */
export function isUsed(
  view: TargetView,
  manifests: ReadonlySet<string>,
  after: ReadonlyMap<string, string | undefined>,
  home: string,
  name: string,
): boolean {
  const folder = path.posix.dirname(home);
  const isInside = (file: string) => folder === '.' || file.startsWith(`${folder}/`);
  const configures = view.documents().filter((file) => /\.(?:jsonc?|json5|ya?ml)$/.test(file) && !manifests.has(file));
  const word = wordOf(name);
  const isNamed = [...view.files(), ...configures].filter(isInside).some((file) => {
    const source = after.has(file) ? undefined : view.read(file);
    const text = typeof source === 'object' ? source.text : after.get(file);
    return namesPackage(text, name) || (/\.ya?ml$/.test(file) && text !== undefined && word.test(text));
  });
  if (isNamed) return true;
  const commands = commandsOf(view, folder, name).map(wordOf);
  return [...manifests].filter(isInside).some((file) => {
    const source = view.read(file);
    return typeof source === 'object' && runs(source.text, [word, ...commands]);
  });
}

/** What a package.json says of itself, and what it says of its dependencies: no use of them. */
const ABOUT =
  /^(?:name|version|description|keywords|homepage|repository|bugs|author|contributors|license|funding|(?:dev|peer|optional)?[dD]ependencies|peerDependenciesMeta|bundled?Dependencies|overrides|resolutions|pnpm)$/;

/** Whether a package.json names one of the words elsewhere: in scripts, in what it configures. */
function runs(text: string, words: readonly RegExp[]): boolean {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // Whoever wrote it so has to look at it: until then nothing is taken away.
    return words.some((word) => word.test(text));
  }
  const own = Object.entries((content ?? {}) as object).filter(([key]) => !ABOUT.test(key));
  return own.some(([, value]) => stringsIn(value).some((each) => words.some((word) => word.test(each))));
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...stringsIn(each)]);
}

/** The commands that a package brings: what its package.json says, or, when it is not installed, one of its own name. */
function commandsOf(view: TargetView, folder: string, name: string): readonly string[] {
  const own = name.replace(/^@[^/]+\//, '');
  for (let at = folder; ; at = path.posix.dirname(at)) {
    const installed = view.bytes(path.posix.join(at, 'node_modules', name, 'package.json'));
    if (installed) {
      const bin = binOf(installed.toString('utf8'));
      return typeof bin === 'string' ? [own] : Object.keys(bin ?? {});
    }
    if (at === '.') return [own];
  }
}

function binOf(text: string): string | object | undefined {
  try {
    return (JSON.parse(text) as { readonly bin?: string | object }).bin;
  } catch {
    return undefined;
  }
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\w@/.-])${name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![\\w-])`);
}
