import { canonicalWords } from '../../codemods/lib/canonical-words.ts';
import { ImportEditor } from '../../codemods/lib/import-editor.ts';
import { parseFile } from '../../codemods/lib/parse.ts';
import type { RewriteResult, RewriteTask } from '../../codemods/lib/task.ts';
import { rewriteImports } from '../../codemods/rewrite-imports/rewrite-imports.ts';
import { rewriteMembers } from '../../codemods/rewrite-members/rewrite-members.ts';
import { formatPlace } from '../base/places.ts';
import { type ExportRef, formatExport, formatModule, type ModuleRef } from '../manifest/migration.ts';
import type { Edit, Outcome } from '../plan/file-change.ts';
import { FOLLOWS_BARREL, throughBarrel } from '../plan/through-barrel.ts';
import type { ExportCandidate, Reason, Usage } from '../survey/usage.ts';
import { inOrder } from './splice.ts';

/** Which of the built-in codemods a phase runs. */
export interface BuiltInSteps {
  readonly imports: boolean;
  readonly members: boolean;
}

export interface FileRewrite {
  /** In order, not overlapping. */
  readonly edits: readonly Edit[];
  /** One per usage, in order. */
  readonly outcomes: readonly Outcome[];
}

/** The edits of one file and what becomes of each of its usages. Only proven usages reach a codemod. */
export function rewriteFile(
  file: string,
  text: string,
  usages: readonly Usage[],
  steps: BuiltInSteps,
  { migration, modules, avoid }: Pick<RewriteTask, 'migration' | 'modules' | 'avoid'>,
): FileRewrite {
  const settled = new Map<string, Outcome>();
  const settle = (usage: Usage, result: Outcome['result'], reason: Reason) =>
    settled.set(usage.id, { usage, result, reason });
  for (const usage of usages) {
    const { verdict } = usage;
    if (verdict.kind === 'unrelated') settle(usage, 'left', verdict.reason);
    else if (verdict.kind === 'unclear') settle(usage, 'review', verdict.reason);
    else if (!runs(usage, steps))
      settle(usage, 'left', { code: 'other-step', text: `this phase has no step for ${stepOf(usage)}` });
  }
  const mentions = usages.filter((usage) => usage.subject.kind === 'mention' && !settled.has(usage.id));
  const edits: Edit[] = mentions.map(mentionEdit);
  const outcomesOf = () => usages.map((usage) => settled.get(usage.id) ?? ({ usage, result: 'edited' } as const));
  const open = () => usages.filter((usage) => !settled.has(usage.id) && usage.subject.kind !== 'mention');
  if (open().length === 0) return { edits: inOrder(edits), outcomes: outcomesOf() };

  const parsed = parseFile(file, text);
  for (const usage of open()) {
    if (!parsed.layout.hasComment(usage.place.range)) continue;
    // What the checker resolves in a comment is JSDoc: a link, or an import.
    if (!isImport(usage) && !isPlainRename(usage)) settle(usage, 'left', { code: 'no-code', text: 'in a comment' });
  }
  const isCanonical = ({ place }: Usage, ref: ExportRef) => canonicalWords(parsed, ref).has(place.range.start);
  for (const { usage, result, reason } of throughBarrel(open(), isCanonical)) settle(usage, result, reason);

  const imports = new ImportEditor(parsed, { ...(modules && { modules }), ...(avoid && { avoid }) });
  const take = (result: RewriteResult, given: readonly Usage[]) => {
    edits.push(...result.edits);
    for (const usage of given) {
      const reason = result.review.get(usage.id);
      if (reason) settle(usage, 'review', reason);
      else if (result.elsewhere?.includes(usage.id)) settle(usage, 'left', FOLLOWS_BARREL);
    }
  };
  const given = open();
  const untied = usages.filter(({ id, subject }) => settled.has(id) && subject.kind === 'export');
  if (steps.imports)
    take(
      rewriteImports(
        { path: file, text, usages: given.filter(isImport), untied, migration, ...(modules && { modules }) },
        parsed,
        imports,
      ),
      given,
    );
  if (steps.members) {
    for (const usage of given) {
      const held = heldMock(usage, settled);
      if (held) settle(usage, held.result, held.reason);
    }
    const members = given.filter((usage) => !isImport(usage) && !settled.has(usage.id));
    take(rewriteMembers({ path: file, text, usages: members, migration }, parsed, imports), members);
  }
  edits.push(...imports.edits());
  const answered = new Set(edits.flatMap((edit) => edit.usages));
  const modulesHere = given.flatMap(({ subject }) => (subject.kind === 'specifier' ? [subject.module] : []));
  for (const usage of untied)
    if (answered.has(usage.id)) settled.set(usage.id, { usage: tied(usage, modulesHere), result: 'edited' });
  return { edits: inOrder(edits), outcomes: outcomesOf() };
}

/** What becomes of a member in a mock that stays as it is. */
function heldMock(
  { place, verdict }: Usage,
  settled: ReadonlyMap<string, Outcome>,
): { readonly result: 'review' | 'left'; readonly reason: Reason } | undefined {
  const mocks = verdict.kind === 'proven' ? (verdict.proof.mocks ?? []) : [];
  for (const start of mocks) {
    const { usage, result, reason } = settled.get(`${place.file}:${start}`) ?? {};
    if (result === 'left' && reason?.code === 'other-step') return { result, reason };
    const text = usage && `goes with the mock of '${usage.text}' at ${formatPlace(usage.place)}, which is for review`;
    if (result === 'review' && text) return { result, reason: { code: 'mocked', text } };
  }
  return undefined;
}

function mentionEdit({ id, place, subject }: Usage): Edit {
  if (subject.kind !== 'mention' || subject.to === undefined) throw new Error(`${id} is no mention that can be edited`);
  return { range: place.range, text: subject.to, usages: [id], group: `mention:${id}` };
}

/** A usage that a codemod has tied to a deprecated module which the file names. */
function tied(usage: Usage, modules: readonly ModuleRef[]): Usage {
  const { subject } = usage;
  if (subject.kind !== 'export') return usage;
  const names = new Set(modules.map(formatModule));
  const isNamed = ({ deprecated }: ExportCandidate) => names.has(formatModule(deprecated.export.module));
  const candidate = Math.max(0, subject.candidates.findIndex(isNamed));
  const { export: ref } = subject.candidates[candidate]!.deprecated;
  const declaration = { file: formatModule(ref.module), range: { start: 0, end: 0 }, line: 1, column: 1 };
  return {
    ...usage,
    verdict: { kind: 'proven', candidate, proof: { how: 'module', declaration, name: formatExport(ref) } },
  };
}

function isImport(usage: Usage): boolean {
  return usage.subject.kind !== 'member';
}

function stepOf(usage: Usage): keyof BuiltInSteps {
  return isImport(usage) ? 'imports' : 'members';
}

function runs(usage: Usage, steps: BuiltInSteps): boolean {
  return steps[stepOf(usage)];
}

/** Whether one new name is right for every use of the member. */
function isPlainRename({ subject, verdict }: Usage): boolean {
  if (subject.kind !== 'member' || verdict.kind !== 'proven') return false;
  return subject.candidates[verdict.candidate]!.mappings.some(({ parameters }) => parameters === undefined);
}
