import path from 'node:path';
import type { DeprecationFacts, Migration } from '../manifest/migration.ts';
import { childrenOf, listOf, type SyntaxNode } from '../manifest/syntax-tree.ts';
import { parseModule } from './parse-module.ts';
import { proxyOrigin } from './proxy-header.ts';

/** A proxy of the migration as it stands in a target. */
export interface StandingProxy {
  /** Of the deprecated module. */
  readonly path: string;
  readonly text: string;
  readonly bom: boolean;
  /** What it announces at run time; none for what only hands on. Ids of installed members are those of the canonical class. */
  readonly ids: readonly string[];
  /** The old implementation beside it, which nothing but the proxy loads; `undefined` when there is none. */
  readonly fallback: string | undefined;
  /** When its exports may be gone, each said once; empty when the manifest says nothing. */
  readonly until: readonly string[];
}

interface Source {
  readonly text: string;
  readonly bom: boolean;
}

/** The proxies of a migration that stand at its deprecated paths, by path; other migrations' are left out. */
export function standingProxies(
  migration: Migration,
  read: (path: string) => Source | undefined,
): readonly StandingProxy[] {
  const facts = new Map<string, (DeprecationFacts | undefined)[]>();
  const note = (file: string, fact: DeprecationFacts | undefined) =>
    facts.set(file, [...(facts.get(file) ?? []), fact]);
  for (const move of migration.moves) {
    if (move.kind === 'module') {
      for (const ref of move.replaces) if (ref.kind === 'path') note(ref.path, migration.deprecation);
    } else {
      for (const { export: ref } of move.replaces)
        if (ref.module.kind === 'path') note(ref.module.path, move.deprecation);
    }
  }
  return [...facts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, said]): readonly StandingProxy[] => {
      const source = read(file);
      if (!source || proxyOrigin(source.text)?.migration !== migration.name) return [];
      const found = contentsOf(file, source.text);
      const fallback = found.specifiers
        .filter((specifier) => specifier.startsWith('.') && /\.legacy(\.[cm]?[jt]sx?)?$/.test(specifier))
        .flatMap((specifier) => asFiles(file, specifier))
        .find((candidate) => read(candidate) !== undefined);
      const until = [...new Set(said.flatMap((fact) => fact?.until ?? []))];
      return [{ path: file, ...source, ids: [...new Set(found.ids)].sort(), fallback, until }];
    });
}

/** The ids in `deprecate({ id: '…' })`, and every specifier. */
function contentsOf(
  file: string,
  text: string,
): { readonly ids: readonly string[]; readonly specifiers: readonly string[] } {
  const ids: string[] = [];
  const specifiers: string[] = [];
  const visit = (node: SyntaxNode): void => {
    const source = textOf(node.source as SyntaxNode | undefined);
    if (source !== undefined) specifiers.push(source);
    if (node.type === 'CallExpression') {
      const [first] = listOf(node, 'arguments');
      const callee = nameOf(node.callee as SyntaxNode);
      if (callee === 'require') specifiers.push(textOf(first ?? undefined) ?? '');
      const id = callee === 'deprecate' && first?.type === 'ObjectExpression' ? idOf(first) : undefined;
      if (id !== undefined) ids.push(id);
    }
    for (const [, child] of childrenOf(node)) visit(child);
  };
  visit(parseModule(file, text));
  return { ids, specifiers };
}

function idOf(object: SyntaxNode): string | undefined {
  const property = listOf(object, 'properties').find((one) => one && nameOf(one.key as SyntaxNode) === 'id');
  return textOf(property?.value as SyntaxNode | undefined);
}

function textOf(node: SyntaxNode | undefined): string | undefined {
  return node?.type === 'StringLiteral' ? (node.value as string) : undefined;
}

/** `deprecate`, also of `runtime.deprecate`. */
function nameOf(node: SyntaxNode | undefined): string | undefined {
  if (node?.type === 'Identifier') return node.name as string;
  return node?.type === 'MemberExpression' ? nameOf(node.property as SyntaxNode) : undefined;
}

/** The files that a relative specifier may mean: an extension may be left out, and `.js` may be written for `.ts`. */
function asFiles(from: string, specifier: string): readonly string[] {
  const stem = path.posix.join(path.posix.dirname(from), specifier.replace(/\.[cm]?[jt]sx?$/, ''));
  return ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'].map((extension) => `${stem}.${extension}`);
}
