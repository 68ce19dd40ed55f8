const DECLARATION_FILE = /\.d\.(?:[^./]+\.)?[cm]?ts$/;

/**
 * Those of a configuration's files whose declarations hold without being imported, in order: declaration files, scripts
 * (no `import`, no `export`), and modules that write `declare global` or `declare module`.
 */
export function ambientFiles(files: Iterable<string>, isAmbient: (file: string) => boolean): string[] {
  return [...files].filter((file) => isDeclarationFile(file) || isAmbient(file));
}

export function isDeclarationFile(file: string): boolean {
  return DECLARATION_FILE.test(file);
}

/** Whether a text's declarations hold without being imported. By words: one root too many costs nothing. */
export function declaresGlobally(text: string): boolean {
  if (text.includes('declare global') || text.includes('declare module')) return true;
  return !text.includes('import') && !text.includes('export');
}
