import { type ParserOptions, type ParserPlugin, parse } from '@babel/parser';
import { RerouteError } from '../../src/base/errors.ts';
import { LineIndex } from '../../src/base/places.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { Scopes } from './scopes.ts';
import { SourceLayout } from './source-layout.ts';
import { SyntaxIndex } from './syntax-index.ts';

type File = ReturnType<typeof parse>;

/** A file that is parsed once for all codemods of a phase. */
export interface ParsedFile {
  /** Relative to the target's root, `/` between segments. */
  readonly path: string;
  /** Without byte order mark; the offsets of all nodes point into it. */
  readonly text: string;
  /** Babel's tree, parentheses as nodes of their own. `jscodeshift(ast)` takes it for queries. */
  readonly ast: File;
  /** Parents, names and statements of the tree, collected in one walk. */
  readonly index: SyntaxIndex;
  readonly layout: SourceLayout;
  /** What each name of the file means where. */
  readonly scopes: Scopes;
}

/** A file that does not parse. `loc` is Babel's: 1-based line, 0-based column. */
export class SourceSyntaxError extends RerouteError {
  readonly loc: { readonly line: number; readonly column: number };

  constructor(path: string, text: string, error: SyntaxError & { pos: number }) {
    const position = new LineIndex(text).at(error.pos);
    super({
      code: 'SOURCE_SYNTAX',
      message: error.message.replace(/ \(\d+:\d+\)$/, ''),
      where: { file: path, range: { start: error.pos, end: error.pos }, ...position },
      next: 'mend the file, or leave it out of the phase',
      cause: error,
    });
    this.loc = { line: position.line, column: position.column - 1 };
  }
}

/**
 * The parsed file. The dialect follows from the extension: TypeScript (`.d.ts` too), TSX, JSX in JavaScript, and Flow in
 * JavaScript that says `@flow`. Throws {@link SourceSyntaxError} when it does not parse.
 */
export function parseFile(path: string, text: string): ParsedFile {
  const ast = parseText(path, text);
  let index: SyntaxIndex | undefined;
  let layout: SourceLayout | undefined;
  let scopes: Scopes | undefined;
  return {
    path,
    text,
    ast,
    get index() {
      index ??= new SyntaxIndex(ast.program as unknown as SyntaxNode);
      return index;
    },
    get layout() {
      layout ??= new SourceLayout(text, ast.comments ?? []);
      return layout;
    },
    get scopes() {
      scopes ??= new Scopes(this.index);
      return scopes;
    },
  };
}

const OPTIONS: ParserOptions = {
  sourceType: 'unambiguous',
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
  allowSuperOutsideMethod: true,
  allowNewTargetOutsideFunction: true,
  allowUndeclaredExports: true,
  createParenthesizedExpressions: true,
  attachComment: false,
};

const PROPOSALS: readonly ParserPlugin[] = [
  'decoratorAutoAccessors',
  'explicitResourceManagement',
  'deprecatedImportAssert',
  'deferredImportEvaluation',
  'sourcePhaseImports',
];

function parseText(path: string, text: string): File {
  const dialect = dialectOf(path, text);
  // Parameter decorators parse in the legacy form only, `export @dec class` in the new one only.
  const forms: ParserPlugin[] = text.includes('@') ? ['decorators-legacy', 'decorators'] : ['decorators'];
  let first: unknown;
  for (const decorators of forms) {
    try {
      return parse(text, { ...OPTIONS, plugins: [...dialect, decorators, ...PROPOSALS] });
    } catch (error) {
      first ??= error;
    }
  }
  if (first instanceof SyntaxError && 'pos' in first) {
    throw new SourceSyntaxError(path, text, first as SyntaxError & { pos: number });
  }
  throw first;
}

function dialectOf(path: string, text: string): ParserPlugin[] {
  if (/\.d\.[cm]?ts$/.test(path)) return [['typescript', { dts: true }]];
  if (/\.[cm]?ts$/.test(path)) return ['typescript'];
  if (path.endsWith('.tsx')) return ['typescript', 'jsx'];
  if (/^\s*(?:\/\/|\/?\*).*@flow\b/m.test(text.slice(0, 2_000))) return ['flow', 'jsx'];
  return ['jsx'];
}
