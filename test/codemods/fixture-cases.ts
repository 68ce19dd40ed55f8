import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Which of the codemods the fixtures of a folder are about. */
export const CODEMODS = {
  'rewrite-imports': { imports: true, members: false },
  'rewrite-members': { imports: false, members: true },
  together: { imports: true, members: true },
} as const;

/** One file before and after. */
export interface FixtureCase {
  readonly codemods: { readonly imports: boolean; readonly members: boolean };
  /** `rewrite-imports/own-alias-is-kept`. */
  readonly name: string;
  /** As the target would name it, without its extension. */
  readonly stem: string;
  /** `.ts`, `.d.ts`. */
  readonly extension: string;
  readonly input: string;
  readonly expected: string;
  /** `line:column code` of the places for review. */
  readonly review: readonly string[];
}

/** The cases of a codemod's folder. Those with a migration of their own are whole targets: targets.test.ts. */
export function fixtureCases(codemod: keyof typeof CODEMODS): readonly FixtureCase[] {
  const folder = path.join(import.meta.dirname, codemod);
  const names = readdirSync(folder).filter((name) => !existsSync(path.join(folder, name, 'migration.json')));
  return names.map((name): FixtureCase => {
    const room = path.join(folder, name);
    const settings = path.join(room, 'case.json');
    const { review = [] } = existsSync(settings)
      ? (JSON.parse(readFileSync(settings, 'utf8')) as { review?: string[] })
      : {};
    const [file] = readdirSync(path.join(room, 'input'), { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => path.relative(path.join(room, 'input'), path.join(each.parentPath, each.name)));
    const extension = /(?:\.d)?\.[cm]?[jt]sx?$/.exec(file!)![0];
    return {
      codemods: CODEMODS[codemod],
      name: `${codemod}/${name}`,
      stem: file!.slice(0, -extension.length),
      extension,
      input: readFileSync(path.join(room, 'input', file!), 'utf8'),
      expected: readFileSync(path.join(room, 'expected', file!), 'utf8'),
      review,
    };
  });
}
