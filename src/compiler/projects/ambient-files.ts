const DECLARATION_FILE = /\.d\.(?:[^./]+\.)?[cm]?ts$/;

/**
 * Those of a configuration's files whose declarations hold without being imported, in order: declaration files, scripts
 * (no `import`, no `export`), and modules that write `declare global` or `declare module`.
 */
export function ambientFiles(files: Iterable<string>, read: (file: string) => Buffer | undefined): string[] {
  const ambient: string[] = [];
  for (const file of files) {
    if (DECLARATION_FILE.test(file) || declaresGlobally(read(file))) ambient.push(file);
  }
  return ambient;
}

// On bytes and by words: thousands of files are asked, and one root too many costs nothing.
function declaresGlobally(bytes: Buffer | undefined): boolean {
  if (bytes === undefined) return false;
  if (bytes.includes('declare global') || bytes.includes('declare module')) return true;
  return !bytes.includes('import') && !bytes.includes('export');
}
