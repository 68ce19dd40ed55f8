import { formatPlace } from '../base/places.ts';
import { formatModule, type ModuleRef } from '../manifest/migration.ts';
import type { FileChange, Outcome } from '../plan/file-change.ts';
import type { Reason, Usage } from '../survey/usage.ts';
import type { Rewrite } from './rewrite-usages.ts';
import { splice } from './splice.ts';

/** Whether an import of a file, as it is now, leads to a module. */
export type TakesFrom = (file: string, module: ModuleRef) => boolean;

/**
 * The edited keys of stubs that have to stay, by usage, with the reason: `{ './router': … }` stands in for what another
 * file imports, so it says what that file says, now or after this run.
 */
export function heldStubs(outcomes: readonly Outcome[], takesFrom: TakesFrom): ReadonlyMap<string, Reason> {
  const held = new Map<string, Reason>();
  for (const { usage, result } of outcomes) {
    const { subject } = usage;
    if (result !== 'edited' || subject.kind !== 'specifier' || !subject.stub) continue;
    const why = whyHeld(subject, subject.stub.of, importsOf(subject.stub.of, subject.module, outcomes), takesFrom);
    if (why) held.set(usage.id, why);
  }
  return held;
}

/** What becomes of the imports of a module in a file. */
export function importsOf(file: string, module: ModuleRef, outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.filter(
    ({ usage: { place, subject, verdict } }) =>
      place.file === file &&
      verdict.kind === 'proven' &&
      subject.kind === 'specifier' &&
      !subject.stub &&
      formatModule(subject.module) === formatModule(module),
  );
}

function whyHeld(
  { module, moves }: Extract<Usage['subject'], { kind: 'specifier' }>,
  of: string,
  imports: readonly Outcome[],
  takesFrom: TakesFrom,
): Reason | undefined {
  const staying = imports.find(({ result }) => result !== 'edited');
  if (staying) {
    const { code } = staying.reason!;
    const text = `stands in for the import at ${formatPlace(staying.usage.place)}, which stays: change both together`;
    return { code: code === 'other-step' ? code : 'stubbed', text };
  }
  if (imports.length > 0) return undefined;
  if (takesFrom(of, module))
    return { code: 'waits', text: `stands in for an import of ${of}, which has not moved yet` };
  const canonical = moves.map((move) => (move.kind === 'module' ? move.canonical : move.canonical.module));
  if (canonical.some((each) => takesFrom(of, each))) return undefined;
  return {
    code: 'stubbed',
    text: `stands in for an import of ${of}, which imports neither the old nor the new module`,
  };
}

/** What a rewrite comes to when some keys of stubs stay, with the names and members that stand below them. */
export function withoutStubs(
  { changes, outcomes, ...rest }: Rewrite,
  held: ReadonlyMap<string, Reason>,
): Rewrite & { readonly held: ReadonlyMap<string, Reason> } {
  const reasons = new Map(held);
  if (held.size === 0) return { changes, outcomes, ...rest, held: reasons };
  for (const { usage } of outcomes) {
    const why = reasonOfMock(usage, held);
    if (why) reasons.set(usage.id, why);
  }
  const kept = changes.flatMap((change) => withoutEdits(change, reasons));
  const settled = outcomes.map((outcome): Outcome => {
    const reason = reasons.get(outcome.usage.id);
    if (outcome.result !== 'edited' || !reason) return outcome;
    return { usage: outcome.usage, result: reason.code === 'other-step' ? 'left' : 'review', reason };
  });
  return { changes: kept, outcomes: settled, ...rest, held: reasons };
}

/** A change without the edits that answer these usages, and those that go with them, whose usages become known too. */
function withoutEdits(change: FileChange, reasons: Map<string, Reason>): readonly FileChange[] {
  const groups = new Map<string, Reason>();
  for (const { usages, group } of change.edits) {
    const why = usages.map((id) => reasons.get(id)).find((each) => each !== undefined);
    if (why) groups.set(group, why);
  }
  if (groups.size === 0 || change.before === undefined) return [change];
  for (const { usages, group } of change.edits) {
    const why = groups.get(group);
    if (why) for (const id of usages) reasons.set(id, why);
  }
  const edits = change.edits.filter(({ group }) => !groups.has(group));
  return edits.length === 0 ? [] : [{ ...change, edits, after: splice(change.before, edits) }];
}

function reasonOfMock({ place, verdict }: Usage, held: ReadonlyMap<string, Reason>): Reason | undefined {
  const mocks = verdict.kind === 'proven' ? (verdict.proof.mocks ?? []) : [];
  return mocks.map((start) => held.get(`${place.file}:${start}`)).find((each) => each !== undefined);
}
