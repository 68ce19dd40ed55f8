import jscodeshift from 'jscodeshift';
import { ImportEditor } from '../../codemods/lib/import-editor.ts';
import { inferUsages } from '../../codemods/lib/infer-usages.ts';
import { docsOf } from '../../codemods/lib/jsdoc.ts';
import { type ParsedFile, parseFile } from '../../codemods/lib/parse.ts';
import { applyEdits } from '../../codemods/lib/plain-transform.ts';
import { rewriteImports } from '../../codemods/rewrite-imports/rewrite-imports.ts';
import { rewriteMembers } from '../../codemods/rewrite-members/rewrite-members.ts';
import { LineIndex, type TextRange } from '../../src/base/places.ts';
import type { Migration } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Edit } from '../../src/plan/file-change.ts';
import type { ExportCandidate, Usage } from '../../src/survey/usage.ts';

export interface HostedRun {
  readonly after: string;
  readonly usages: readonly Usage[];
  readonly edits: readonly Edit[];
  readonly carried: readonly string[];
  readonly elsewhere: readonly string[];
  /** `line:column code`, by place. */
  readonly review: readonly string[];
  /** `line:column code text`, by place. */
  readonly reasons: readonly string[];
}

/** Runs the codemods on one file as the host does, on usages that the file shows by itself. */
export function runHosted(
  path: string,
  text: string,
  migration: Migration,
  codemods: { readonly imports: boolean; readonly members: boolean },
): HostedRun {
  const file = parseFile(path, text);
  const inferred = inferUsages(file, migration, jscodeshift).usages;
  const members = codemods.members ? inferred.filter(({ subject }) => subject.kind === 'member') : [];
  const specifiers = codemods.imports ? inferred.filter(({ subject }) => subject.kind === 'specifier') : [];
  const exports = codemods.imports ? exportUsages(file, migration, specifiers) : [];
  const usages = [...specifiers, ...exports, ...members].toSorted((a, b) => a.place.range.start - b.place.range.start);

  const imports = new ImportEditor(file);
  const own = (list: readonly Usage[]) => usages.filter((usage) => list.includes(usage));
  const first = rewriteImports({ path, text, usages: own([...specifiers, ...exports]), migration }, file, imports);
  const second = rewriteMembers({ path, text, usages: own(members), migration }, file, imports);
  const edits = [...first.edits, ...second.edits, ...imports.edits()];
  const reviewed = new Map([...first.review, ...second.review]);
  const review = usages.flatMap(({ id, place }) => {
    const why = reviewed.get(id);
    return why ? [{ at: `${place.line}:${place.column} ${why.code}`, text: why.text }] : [];
  });
  return {
    after: applyEdits(text, edits),
    usages,
    edits,
    carried: [...first.carried, ...second.carried],
    elsewhere: first.elsewhere ?? [],
    review: review.map(({ at }) => at),
    reasons: review.map(({ at, text }) => `${at} ${text}`),
  };
}

/** What the survey finds beside specifiers: the words of exports that get another name or another way to be called. */
function exportUsages(file: ParsedFile, migration: Migration, specifiers: readonly Usage[]): readonly Usage[] {
  const candidates = new Map<string, ExportCandidate[]>();
  for (const move of migration.moves) {
    if (move.kind !== 'export') continue;
    for (const deprecated of move.replaces) {
      const { name } = deprecated.export;
      const called = deprecated.mappings.some((mapping) => mapping.of !== 'member');
      if (name === 'default' || (!called && name === move.canonical.name)) continue;
      candidates.set(name, [...(candidates.get(name) ?? []), { move, deprecated }]);
    }
  }
  const lines = new LineIndex(file.text);
  const comments = (file.ast.comments ?? []).map(({ start, end }) => ({ start: start!, end: end! }));
  const docs = docsOf(file);
  const known = new Set(
    docs.modules.flatMap((module) => {
      if (module.kind === 'type') return module.member ? [module.member.start] : [];
      const list = module.kind === 'import' ? (module.declaration.specifiers as readonly SyntaxNode[]) : [];
      return list.map(({ start }) => start);
    }),
  );
  const isOutside = (name: string, at: number) => {
    const covers = ({ start, end }: TextRange) => start <= at && at < end;
    if (specifiers.some(({ place }) => covers(place.range))) return true;
    const namespaces = [...file.text.matchAll(/\* as (\w+)/g)].flatMap((match) => docs.members(match[1]!));
    const inDocs = [...docs.names(name), ...namespaces].some(({ start }) => start === at);
    return comments.some(covers) && !inDocs && !known.has(at);
  };
  return [...candidates].flatMap(([name, list]) =>
    [...file.text.matchAll(new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g'))]
      .filter(({ index }) => !isOutside(name, index))
      .map(({ index }): Usage => {
        const place = { file: file.path, range: { start: index, end: index + name.length }, ...lines.at(index) };
        const proof = { how: 'symbol', declaration: place, name } as const;
        const subject = { kind: 'export', name, candidates: list } as const;
        return {
          id: `${file.path}:${index}`,
          place,
          text: name,
          subject,
          verdict: { kind: 'proven', candidate: 0, proof },
        };
      }),
  );
}
