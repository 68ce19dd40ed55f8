import { byPlace } from '../../base/places.ts';
import type { FileRange } from '../contract.ts';
import type { Programs } from './programs.ts';
import { textRange } from './read-declaration.ts';
import { getTokenAtPosition } from './typescript.ts';

/** Every place that refers to what stands at the offset, in all programs that have the file, by file and start. */
export function findReferences(file: string, offset: number, programs: Programs): readonly FileRange[] {
  const found = new Map<string, FileRange>();
  for (const { project } of programs.having(file)) {
    const source = project.program.getSourceFile(file);
    if (source === undefined) continue;
    const token = getTokenAtPosition(source, offset);
    for (const { references } of project.checker.getReferencedSymbolsForNode(token, offset)) {
      for (const handle of references) {
        const node = handle.resolve(project);
        if (node === undefined) continue;
        const home = node.getSourceFile();
        const range = textRange(node, home);
        found.set(`${home.fileName}:${range.start}`, { file: home.fileName, range });
      }
    }
  }
  return [...found.values()].sort(byPlace);
}
