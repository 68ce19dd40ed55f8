import type { DeprecationFacts, Migration } from '../manifest/migration.ts';
import { childrenOf, listOf, type SyntaxNode } from '../manifest/syntax-tree.ts';
import { legacyPath } from '../survey/legacy-file.ts';
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
  const isOurs = (source: Source | undefined) => proxyOrigin(source?.text ?? '')?.migration === migration.name;
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
      if (!source || !isOurs(source)) return [];
      const kept = legacyPath(file);
      const fallback = kept !== undefined && isOurs(read(kept)) ? kept : undefined;
      const until = [...new Set(said.flatMap((fact) => fact?.until ?? []))];
      return [{ path: file, ...source, ids: [...new Set(announced(file, source.text))].sort(), fallback, until }];
    });
}

/** The ids in `deprecate({ id: '…' })`. */
function announced(file: string, text: string): readonly string[] {
  const ids: string[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'CallExpression' && nameOf(node.callee as SyntaxNode) === 'deprecate') {
      const [first] = listOf(node, 'arguments');
      const id = first?.type === 'ObjectExpression' ? idOf(first) : undefined;
      if (id !== undefined) ids.push(id);
    }
    for (const [, child] of childrenOf(node)) visit(child);
  };
  visit(parseModule(file, text));
  return ids;
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
