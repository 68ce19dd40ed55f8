import { ts } from './ts-morph.ts';

/** What a TypeScript text declares, as a `.d.ts` has it: no bodies, comments kept. Its types must be written out. */
export function declarationText(file: string, text: string): string {
  return ts.transpileDeclaration(text, {
    fileName: file.replace(/\.d(\.[cm]?ts)$/, '$1'),
    compilerOptions: { removeComments: false, newLine: ts.NewLineKind.LineFeed, target: ts.ScriptTarget.ESNext },
  }).outputText;
}
