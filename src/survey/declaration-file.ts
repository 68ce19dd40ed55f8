/** The declaration file that stands for a JavaScript file wherever there is one beside it; `undefined` for others. */
export function declarationFileOf(file: string): string | undefined {
  const match = /^(.*)\.([cm]?)jsx?$/.exec(file);
  return match ? `${match[1]}.d.${match[2]}ts` : undefined;
}

/** Whether a file is a module, or the declaration file that compilers take for it. */
export function isModuleFile(file: string, module: string): boolean {
  return file === module || file === declarationFileOf(module);
}
