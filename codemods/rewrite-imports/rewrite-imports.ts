import type { TextRange } from '../../src/base/places.ts';
import { formatExport, formatModule } from '../../src/manifest/migration.ts';
import type { Reason, Usage } from '../../src/survey/usage.ts';
import type { ImportEditor } from '../lib/import-editor.ts';
import { moduleName } from '../lib/import-statements.ts';
import { docsOf } from '../lib/jsdoc.ts';
import type { ParsedFile } from '../lib/parse.ts';
import { reason } from '../lib/reasons.ts';
import { isPlainText } from '../lib/syntax-index.ts';
import type { RewriteResult, RewriteTask } from '../lib/task.ts';
import { type EditedRanges, rewriteCalls } from './called-uses.ts';
import { type Decisions, decide } from './decide.ts';
import { Destinations, isCalled, labelOf } from './destinations.ts';
import { docForm } from './doc-form.ts';
import { FileRewrite } from './file-rewrite.ts';
import type { Entry, Form, SpecifierSite } from './form.ts';
import { readForm } from './read-form.ts';

/**
 * What becomes of the specifiers and deprecated exports of a file. The edits are collected in `imports`, because other
 * codemods add to the same declarations: take them from {@link ImportEditor.edits} in the end; `edits` is empty.
 */
export function rewriteImports(task: RewriteTask, file: ParsedFile, imports: ImportEditor): RewriteResult {
  const review = new Map<string, Reason>();
  const rewrite = new FileRewrite(file, imports, task);
  const forms = task.usages.flatMap((usage) => formOf(rewrite, usage, review));
  const edited = editedRanges(file, forms);
  const decisions = decide(rewrite, forms, edited);

  const moved = new Set<Form>();
  const called: { readonly entry: Entry; readonly group: string }[] = [];
  for (const form of forms) {
    const moving = form.entries.filter(({ destination }) => !decisions.blocked.has(labelOf(destination)));
    const why = decisions.obstacles.get(form) ?? (moving.length === 0 ? nothingMoves(form, decisions) : undefined);
    if (why) {
      review.set(form.usage.id, why);
      continue;
    }
    moved.add(form);
    form.apply(moving);
    for (const entry of moving) if (isCalled(entry.destination)) called.push({ entry, group: form.group });
  }
  joinMocks(imports, moved);
  // Once all names are settled: an argument that goes elsewhere takes its own edits along.
  for (const { entry, group } of called) rewriteCalls(rewrite, entry, edited, group);
  const elsewhere = new Set<string>();
  for (const usage of rewrite.remaining()) {
    const why = reasonFor(file, usage, forms, moved, decisions);
    if (why) review.set(usage.id, why);
    else if (!entryAt(usage, [...moved])) elsewhere.add(usage.id);
  }
  const answered = imports.answered();
  const others = task.usages.map(({ id }) => id).filter((id) => !answered.has(id) && !review.has(id));
  return {
    edits: [],
    carried: others.filter((id) => !elsewhere.has(id)),
    elsewhere: others.filter((id) => elsewhere.has(id)),
    review,
  };
}

/** The form and its entry in which a name stands. */
function entryAt({ place: { range } }: Usage, forms: readonly Form[]): readonly [Form, Entry] | undefined {
  const stands = (word: TextRange) => word.start === range.start || word.start + 1 === range.start;
  for (const form of forms) {
    const entry = form.entries.find(({ words }) => words.some(stands));
    if (entry) return [form, entry];
  }
  return undefined;
}

function formOf(rewrite: FileRewrite, usage: Usage, review: Map<string, Reason>): readonly Form[] {
  const { subject } = usage;
  if (subject.kind !== 'specifier') return [];
  const literal = rewrite.file.index.at(usage.place.range).find(isPlainText);
  const doc = literal
    ? undefined
    : docsOf(rewrite.file).modules.find((each) => each.literal.start + 1 === usage.place.range.start);
  if (doc) {
    rewrite.editor.learn(usage.text, subject.module);
    const destinations = new Destinations(subject.module, subject.moves);
    const site = { usage, destinations, literal: doc.literal };
    return [nameable(rewrite, site, docForm(rewrite, site, doc))];
  }
  if (!literal) {
    review.set(usage.id, reason('form-not-supported', 'names the module outside of a string'));
    return [];
  }
  if (!subject.stub) rewrite.editor.learn(usage.text, subject.module);
  const site = { usage, destinations: new Destinations(subject.module, subject.moves), literal };
  return [nameable(rewrite, site, readForm(rewrite, site))];
}

/** The form, with what stands against it for the sake of its specifier: what it means elsewhere, or what cannot be named. */
function nameable(rewrite: FileRewrite, site: SpecifierSite, form: Form): Form {
  const modules = [
    ...form.entries.map(({ destination }) => destination.to.module),
    form.carries,
    site.destinations.rest,
  ];
  const unnamed = () =>
    modules.map((module) => module && rewrite.cannotName(site, module)).find((why) => why !== undefined);
  const obstacle = form.obstacle ?? rewrite.isConditional(site) ?? unnamed();
  return obstacle ? { ...form, obstacle } : form;
}

/** A mock and what it stands in for are held back together. */
function joinMocks(imports: ImportEditor, moved: ReadonlySet<Form>): void {
  for (const mock of moved) {
    if (!mock.isMock) continue;
    for (const form of moved) if (sameModule(form, mock.destinations.module)) imports.join(form.group, mock.group);
  }
}

/** A form without a name that moves; a whole module needs none. */
function nothingMoves({ entries, destinations, carries }: Form, { blocked }: Decisions): Reason | undefined {
  if (destinations.rest || (carries && entries.length === 0)) return undefined;
  const why = entries.map(({ destination }) => blocked.get(labelOf(destination))).find((each) => each !== undefined);
  return (
    why ?? reason('not-moved', `takes from ${formatModule(destinations.module)} only what the migration does not move`)
  );
}

/** Why a use of an export is for review: its form or its name is, or it came through a barrel and is called anew. */
function reasonFor(
  file: ParsedFile,
  usage: Usage,
  forms: readonly Form[],
  moved: ReadonlySet<Form>,
  { obstacles, blocked }: Decisions,
): Reason | undefined {
  const [form, entry] = entryAt(usage, forms) ?? [];
  if (form && entry) {
    const block = blocked.get(labelOf(entry.destination));
    return moved.has(form) ? block : (obstacles.get(form) ?? block);
  }
  if (file.layout.hasComment(usage.place.range)) return IN_JSDOC;
  const { subject, verdict } = usage;
  if (subject.kind !== 'export' || verdict.kind !== 'proven') return undefined;
  const { deprecated } = subject.candidates[verdict.candidate]!;
  const held =
    blocked.get(formatExport(deprecated.export)) ??
    forms.map((form) => obstacles.get(form)).find((why) => why !== undefined);
  if (held && forms.some((form) => obstacles.has(form) && sameModule(form, deprecated.export.module))) return held;
  const called = deprecated.mappings.find((mapping) => mapping.of !== 'member');
  if (!called) return undefined;
  return reason(
    'through-barrel',
    `comes through a barrel, and '${called.source.from}' becomes '${called.source.to}': import it from its module`,
  );
}

const IN_JSDOC = reason('form-not-supported', 'in JSDoc, where it is not followed to an import');

function sameModule({ destinations }: Form, module: Destinations['module']): boolean {
  return formatModule(destinations.module) === formatModule(module);
}

/** Which arguments will have edits: those with words that are renamed, and functions, where members may be used. */
function editedRanges(file: ParsedFile, forms: readonly Form[]): EditedRanges {
  const isPinned = ({ start, end }: TextRange) => /=>|\bfunction\b|\bclass\b/.test(file.text.slice(start, end));
  const renamed = forms.flatMap(({ entries }) =>
    entries.flatMap(({ words, destination }) => words.filter((word) => moduleName(word) !== destination.to.name)),
  );
  const rewritten = forms.flatMap(({ entries }) => entries.flatMap((entry) => entry.rewritten ?? []));
  const isEdited = (range: TextRange) =>
    isPinned(range) || [...renamed, ...rewritten].some((word) => range.start <= word.start && word.end <= range.end);
  return { isEdited, isPinned };
}
