import type { TextRange } from '../../src/base/places.ts';
import type { Mapping } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Reason, Usage } from '../../src/survey/usage.ts';
import { isReason, planCall } from '../lib/call-edits.ts';
import type { CallSite } from '../lib/call-site.ts';
import type { ImportEditor } from '../lib/import-editor.ts';
import type { ParsedFile } from '../lib/parse.ts';
import { reason } from '../lib/reasons.ts';
import type { RewriteResult, RewriteTask } from '../lib/task.ts';
import { importObstacle, importTemplateNames } from '../lib/template-imports.ts';
import { type MemberPlace, memberPlace } from './member-place.ts';

/**
 * What becomes of the deprecated members that a file uses. The edits are collected in `imports`, as those of
 * `rewriteImports` are; run it after that on the same editor, so that it knows which arguments are edited.
 */
export function rewriteMembers(task: RewriteTask, file: ParsedFile, imports: ImportEditor): RewriteResult {
  const review = new Map<string, Reason>();
  // From the end: a call in an argument is rewritten before the call around it, which may put the argument elsewhere.
  for (const usage of task.usages.toReversed()) {
    const why = rewriteMember(usage, file, imports);
    if (why) review.set(usage.id, why);
  }
  const answered = imports.answered();
  const carried = task.usages.map(({ id }) => id).filter((id) => !answered.has(id) && !review.has(id));
  return { edits: [], carried, review };
}

function rewriteMember(usage: Usage, file: ParsedFile, imports: ImportEditor): Reason | undefined {
  const { subject, verdict } = usage;
  if (subject.kind !== 'member' || verdict.kind !== 'proven') throw new Error(`${usage.id} is no proven member`);
  const { move, mappings } = subject.candidates[verdict.candidate]!;
  const place = memberPlace(file, usage.place.range);
  if (place.kind === 'unknown') return reason('form-not-supported', place.what);

  const signatures = mappings.filter(({ parameters }) => parameters !== undefined);
  const rename = mappings.find(({ parameters }) => parameters === undefined);
  const { range } = usage.place;
  const group = `member:${range.start}`;
  if (place.kind === 'call' && signatures.length > 0) {
    // What it calls keeps its name and its parameters.
    if (verdict.proof.how === 'override' && !rename)
      return reason('override', `calls what a subclass declares anew: ${verdict.proof.name}`);
    const answered = [usage.id];
    const lift = (arg: TextRange) => {
      const { text, usages } = imports.lift(arg, group);
      answered.push(...usages);
      return text;
    };
    const site: CallSite = {
      file,
      call: place.call,
      // Behind `['name']`, not behind the name in it.
      headEnd: (place.call.callee as SyntaxNode).end,
      isEdited: (arg) => imports.touches(arg),
      isPinned: () => false,
      isReplaced: (offset) => imports.replaces(offset),
      deepen: (lines, step) => imports.deepen(lines, step),
      lift,
    };
    const plan = planCall(site, signatures);
    if (!isReason(plan)) {
      const why = importObstacle(imports, plan.mapping, move);
      if (why) return why;
      const locals = importTemplateNames(imports, plan.mapping, move, group);
      const { member } = plan.mapping.to;
      const edits = [...plan.edits(locals)];
      if (member !== usage.text) edits.unshift({ range, text: member });
      for (const edit of edits) imports.edit(edit.range, edit.text, answered.splice(0), group);
      return undefined;
    }
    if (!rename || plan.code !== 'no-signature') return plan;
  }
  if (!rename) return notRenamed(place, signatures);
  const isShorthand = place.kind === 'shorthand';
  const word = isShorthand ? { start: range.start, end: range.start } : range;
  if (rename.to.text !== usage.text) imports.edit(word, rename.to.text + (isShorthand ? ': ' : ''), [usage.id], group);
  return undefined;
}

/** Why a member that only has another way to be called cannot be said anew here. */
function notRenamed(place: MemberPlace, signatures: readonly Mapping[]): Reason {
  const calls = signatures.map(({ source }) => `'${source.from}'`).join(', ');
  if (place.kind === 'word' && place.as === 'declaration') {
    return reason('override', `declares the member anew, and the migration maps only its calls: ${calls}`);
  }
  return reason('used-as-value', `used without a call, and the migration maps only its calls: ${calls}`);
}
