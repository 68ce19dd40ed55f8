import { ts } from 'ts-morph';
import { expect, test } from 'vitest';
import { withCompiler } from '../../src/compiler/open.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { CODEMODS, type FixtureCase, fixtureCases } from './fixture-cases.ts';
import { runHosted } from './hosted-run.ts';
import { migration } from './migration.ts';

const CASES = (Object.keys(CODEMODS) as (keyof typeof CODEMODS)[]).flatMap(fixtureCases);
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.d.ts'];
const SIDES = ['input', 'expected'] as const;

/** Why a fixture means something else under an extension, though TypeScript takes its syntax there. */
const OTHERWISE: Readonly<Record<string, { readonly in: RegExp; readonly because: string }>> = {
  'rewrite-imports/ambient-declaration-of-a-package-is-for-review': {
    in: /jsx?$/,
    because: 'an ambient module, which TypeScript overlooks in JavaScript and no other parser takes there',
  },
  'rewrite-imports/jsdoc-import-tags-follow-a-renamed-export': {
    in: /tsx?$/,
    because: 'an @import, which binds a name in JavaScript only',
  },
  'rewrite-imports/mock-with-type-arguments-moves': { in: /jsx?$/, because: 'type arguments, as below' },
  'rewrite-members/calls-that-fit-no-signature-are-for-review': {
    in: /jsx?$/,
    because: 'type arguments, which TypeScript overlooks in JavaScript, and which are comparisons there',
  },
};

/** Codes of what is no module of this kind, or no JavaScript: the grammar's and those of TypeScript syntax. */
const isGrammar = (code: number) => (code >= 1000 && code < 2000) || (code >= 8000 && code < 9000) || code >= 17_000;
/** These depend on settings of a program, or on other lines, and not on the syntax. */
const ELSEWHERE = new Set([1375, 1454, 18_004]);

interface Refusal {
  readonly code: number;
  readonly message: string;
}

/** What TypeScript has against each fixture under each extension, before and after: key → the first refusal. */
async function refusals(): Promise<ReadonlyMap<string, Refusal>> {
  const files = new Map<string, string>();
  for (const each of CASES) {
    for (const extension of EXTENSIONS) {
      for (const side of SIDES) files.set(`${keyOf(each, extension, side)}/file${extension}`, each[side]);
    }
  }
  const compilerOptions = { allowJs: true, checkJs: true, module: 'preserve', target: 'esnext', jsx: 'preserve' };
  const root = temporaryFolder({
    ...Object.fromEntries(files),
    'package.json': '{}',
    'tsconfig.json': JSON.stringify({
      compilerOptions: { ...compilerOptions, types: [], experimentalDecorators: true },
    }),
  });
  const found = new Map<string, Refusal>();
  await withCompiler({ root, files: [...files.keys()].map((file) => `${root}/${file}`) }, (compiler) => {
    for (const { file, code, message } of compiler.diagnostics([...files.keys()].map((each) => `${root}/${each}`))) {
      const key = file.slice(root.length + 1, file.lastIndexOf('/'));
      if (isGrammar(code) && !ELSEWHERE.has(code) && !found.has(key)) found.set(key, { code, message });
    }
  });
  return found;
}

function keyOf({ name }: FixtureCase, extension: string, side: (typeof SIDES)[number]): string {
  return `${name}/${extension.slice(1).replace('.', '-')}/${side}`;
}

/** Why TypeScript may refuse a fixture under an extension; nothing else may keep a form out of one. */
function isExplained(extension: string, { code }: Refusal, own: string): boolean {
  // What it says of syntax that belongs to declarations in the code of a `.d.ts`, and the other way round.
  if (extension === '.d.ts' || own.includes('.d.')) return true;
  if (/jsx?$/.test(extension)) return code >= 8000 || code === 1109;
  return !extension.endsWith('x') && own.endsWith('x');
}

test('every fixture gives the same edits under every extension that its syntax is valid in', async () => {
  const refused = await refusals();
  const counts = new Map<string, number>();
  for (const each of CASES) {
    for (const extension of EXTENSIONS) {
      const label = `${each.name} as ${extension}`;
      const refusal = refused.get(keyOf(each, extension, 'input'));
      if (refusal) {
        const why = `${label}: ${refusal.code} ${refusal.message}`;
        expect(isExplained(extension, refusal, each.extension) || why).toBe(true);
        continue;
      }
      if (OTHERWISE[each.name]?.in.test(extension)) continue;
      const { after, review } = runHosted(each.stem + extension, each.input, migration, each.codemods);
      expect(after, label).toBe(each.expected);
      expect(review, label).toEqual(each.review);
      expect(refused.get(keyOf(each, extension, 'expected')), label).toBeUndefined();
      counts.set(extension, (counts.get(extension) ?? 0) + 1);
    }
  }
  // Most forms exist in all code; declaration files have those of declarations.
  for (const extension of EXTENSIONS) {
    const part = extension === '.d.ts' ? 0.15 : /jsx?$/.test(extension) ? 0.6 : 0.95;
    expect(counts.get(extension), extension).toBeGreaterThan(part * CASES.length);
  }
});

/** Fixtures whose types are what they are about: without them the file says something else. */
const TYPED: Readonly<Record<string, string>> = {
  'rewrite-imports/asserted-namespace-does-not-split': 'the assertion is what keeps it whole',
  'rewrite-imports/default-beside-a-namespace-splits': 'one name is used as a type only',
  'rewrite-imports/default-beside-names-of-another-module': 'one name is a type',
  'rewrite-imports/import-alias-of-a-namespace-that-splits': 'one of the names that split it is a type',
  'rewrite-imports/import-equals-require-splits': 'two imports are of types only',
  'rewrite-imports/merges-into-an-existing-import': 'one name is a type',
  'rewrite-imports/name-of-a-merged-namespace-gets-an-alias': 'a namespace is a function when its types are gone',
  'rewrite-imports/namespace-import-splits-into-two-modules': 'the order in which names are met has types in it',
  'rewrite-imports/new-name-that-is-hidden-gets-an-alias': 'the name is hidden by an enum and by a type',
  'rewrite-imports/re-export-as-default-and-back': 'one statement hands on types only',
  'rewrite-imports/re-export-splits-when-names-stay': 'one name is a type',
  'rewrite-imports/re-exports-of-one-module-stay-apart': 'one statement hands on a type only',
  'rewrite-imports/type-only-names-keep-their-modifier': 'all names are types',
  'rewrite-members/calls-that-fit-no-signature-are-for-review': 'one call has type arguments',
  'rewrite-members/fields-parameters-and-annotations': 'annotations are how the receivers are known',
  'rewrite-members/needed-import-beside-a-type-import': 'an annotation is how the receiver is known',
  'rewrite-members/needed-name-under-an-alias-leaves-strings-and-keys-alone': 'an annotation tells the receiver',
  'together/imports-and-members-share-declarations': 'annotations are how the receivers are known',
};

const ERASED: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.Preserve,
  jsx: ts.JsxEmit.Preserve,
  verbatimModuleSyntax: true,
  // Where comments and line breaks stand is not about types; TypeScript prints them in its own way.
  removeComments: true,
};

/** The JavaScript of a file, printed by TypeScript, without line breaks and the commas before them. */
function erased(text: string, fileName: string): string {
  const { outputText } = ts.transpileModule(text, { fileName, compilerOptions: ERASED });
  return outputText.replace(/,(?=\s*[)\]}])/g, '').replace(/\s+/g, ' ');
}

const CODE = CASES.filter(({ extension }) => /^\.[cm]?tsx?$/.test(extension));

test.each(CODE.filter(({ name }) => !(name in TYPED)))('$name without its types gives the same JavaScript', (each) => {
  const file = `${each.stem}.jsx`;
  const code = ts.transpileModule(each.input, {
    fileName: each.stem + each.extension,
    compilerOptions: { ...ERASED, removeComments: false },
  }).outputText;
  const { after } = runHosted(file, code, migration, each.codemods);
  expect(erased(after, file)).toBe(erased(each.expected, each.stem + each.extension));
});

test('what needs its types is named rightly', () => {
  const names = CODE.map(({ name }) => name);
  expect(Object.keys(TYPED).filter((name) => !names.includes(name))).toEqual([]);
});
