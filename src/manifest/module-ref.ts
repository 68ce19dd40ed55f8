import type { ExportRef, ModuleRef } from './migration.ts';

const SOURCE_FILE = /\.(?:ts|tsx|mts|cts|js|jsx|mjs|cjs)$/;
/** A package's name and the subpath in it; a scheme such as `node:` may stand before. */
const PACKAGE = /^(?:[a-z]+:)?(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*(?:\/[^\s#]+)?$/i;
/** First folders of targets; nobody names a package's subpath with them. */
const TARGET_FOLDER = /^(?:src|lib|app|apps|packages|test|tests|server|client)\//;
const EXPORT_NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** The module that a manifest names, or in words what is wrong with the name. */
export function parseModule(text: string): ModuleRef | string {
  if (text.startsWith('npm:')) return packageOf(text.slice('npm:'.length));
  if (text.includes('\\')) return `found '${text}'; write '/' between segments`;
  if (SOURCE_FILE.test(text)) {
    const segments = text.split('/').filter((segment) => segment !== '.' && segment !== '');
    if (text.startsWith('/') || /^[a-z]:/i.test(text))
      return `found '${text}'; a path is relative to the target's root`;
    if (segments.includes('..')) return `found '${text}'; a path does not leave the target's root`;
    return { kind: 'path', path: segments.join('/') };
  }
  if (/^\.{0,2}\//.test(text) || TARGET_FOLDER.test(text)) {
    return `found '${text}'; a path ends in its extension ('${text}.ts'), and a package of that name is written 'npm:${text}'`;
  }
  return packageOf(text);
}

/** The export that `'<module>#<name>'` names, or in words what is wrong with it. */
export function parseExport(text: string): ExportRef | string {
  const hash = text.lastIndexOf('#');
  if (hash < 0)
    return `found '${text}'; name the export too: '${text}#<name>', '${text}#default' for the default export`;
  const module = parseModule(text.slice(0, hash));
  const name = text.slice(hash + 1);
  if (typeof module === 'string') return module;
  return isExportName(name) ? { module, name } : `found '${text}'; '${name}' is not an export's name`;
}

export function isExportName(name: string): boolean {
  return EXPORT_NAME.test(name);
}

function packageOf(specifier: string): ModuleRef | string {
  if (PACKAGE.test(specifier)) return { kind: 'package', specifier };
  return (
    `found '${specifier}'; allowed: a path in the target with its extension ('src/a.ts'), ` +
    "or a package specifier ('@acme/router')"
  );
}
