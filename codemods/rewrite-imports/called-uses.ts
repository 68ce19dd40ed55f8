import type { TextRange } from '../../src/base/places.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Reason } from '../../src/survey/usage.ts';
import { type CallPlan, isReason, planCall } from '../lib/call-edits.ts';
import type { CallSite } from '../lib/call-site.ts';
import { quoted, reason } from '../lib/reasons.ts';
import { importObstacle, importTemplateNames } from '../lib/template-imports.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Entry } from './form.ts';

/** What is known beforehand of the edits that arguments may get. */
export interface EditedRanges {
  readonly isEdited: (range: TextRange) => boolean;
  readonly isPinned: (range: TextRange) => boolean;
}

/** Why an export with another way to call it cannot move: the first use that cannot be said anew. */
export function calledObstacle(rewrite: FileRewrite, entry: Entry, edited: EditedRanges): Reason | undefined {
  if (entry.passedOn) return entry.passedOn;
  for (const use of entry.uses) {
    const plan = planUse(rewrite, entry, use, edited);
    if (plan && isReason(plan)) return plan;
    const why = plan && importObstacle(rewrite.editor, plan.mapping, entry.destination.move!);
    if (why) return why;
  }
  return undefined;
}

/** Rewrites the calls of an export; the callee's own name is left to its import. */
export function rewriteCalls(rewrite: FileRewrite, entry: Entry, edited: EditedRanges, group: string): void {
  for (const use of entry.uses) {
    const answered: string[] = [];
    const lift = (range: TextRange) => {
      const { text, usages } = rewrite.editor.lift(range, group);
      answered.push(...usages);
      return text;
    };
    const plan = planUse(rewrite, entry, use, edited, lift);
    if (!plan || isReason(plan)) continue;
    const { move } = entry.destination;
    const locals = importTemplateNames(rewrite.editor, plan.mapping, move!, group);
    for (const { range, text } of plan.edits(locals)) {
      rewrite.editor.edit(range, text, [...answered.splice(0), ...rewrite.take(use)], group);
    }
  }
}

/** The plan for a use that is called, `undefined` for a use that the mappings do not touch, or an obstacle. */
function planUse(
  { file, editor }: FileRewrite,
  { destination }: Entry,
  use: SyntaxNode,
  { isEdited, isPinned }: EditedRanges,
  lift: (range: TextRange) => string = ({ start, end }) => file.text.slice(start, end),
): CallPlan | Reason | undefined {
  const { parent, key } = file.index.positionOf(use);
  const of = (kind: 'construct' | 'call') => destination.called.filter((mapping) => mapping.of === kind);
  const isCall = parent?.type === 'CallExpression' || parent?.type === 'OptionalCallExpression';
  if (key === 'callee' && (isCall || parent?.type === 'NewExpression')) {
    const mappings = of(isCall ? 'call' : 'construct');
    return mappings.length === 0
      ? undefined
      : planCall(siteOf(editor, parent!, use.end, { isEdited, isPinned, lift }), mappings);
  }
  if (parent && isHarmless(parent, key)) return undefined;
  const name = destination.from.name;
  if (key === 'superClass') {
    if (of('construct').length === 0) return undefined;
    return reason('extends', `a class extends '${name}': what its constructor hands to super() has to change by hand`);
  }
  const source = parent ? quoted(file.text.slice(parent.start, parent.end)) : name;
  return reason('used-as-value', `'${name}' is passed on in '${source}', where it may be called in the old way`);
}

function siteOf(
  editor: FileRewrite['editor'],
  call: SyntaxNode,
  headEnd: number,
  ranges: EditedRanges & Pick<CallSite, 'lift'>,
): CallSite {
  const isReplaced = (offset: number) => editor.replaces(offset);
  const deepen: CallSite['deepen'] = (lines, step) => editor.deepen(lines, step);
  return { file: editor.file, call, headEnd, isReplaced, deepen, ...ranges };
}

/** Types, `instanceof`, statics: they do not call it. */
function isHarmless(parent: SyntaxNode, key: string): boolean {
  if (
    /^TS(?!AsExpression|NonNull|Satisfies|TypeAssertion|ExportAssignment|Instantiation|ImportEquals)/.test(parent.type)
  )
    return true;
  if (/^(?:Optional)?MemberExpression$/.test(parent.type)) return key === 'object';
  if (parent.type === 'BinaryExpression') return parent.operator === 'instanceof' && key === 'right';
  return (
    /^(?:GenericTypeAnnotation|TypeofTypeAnnotation)$/.test(parent.type) ||
    (parent.type === 'UnaryExpression' && parent.operator === 'typeof')
  );
}
