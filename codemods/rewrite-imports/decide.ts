import { formatModule } from '../../src/manifest/migration.ts';
import type { Reason } from '../../src/survey/usage.ts';
import { reason } from '../lib/reasons.ts';
import { calledObstacle, type EditedRanges } from './called-uses.ts';
import { isCalled, labelOf } from './destinations.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Entry, Form } from './form.ts';

/** What moves in a file, and what stands against the rest. */
export interface Decisions {
  /** Why a form stays as a whole. */
  readonly obstacles: ReadonlyMap<Form, Reason>;
  /** Why an export stays wherever it is used in this file, by its label. */
  readonly blocked: ReadonlyMap<string, Reason>;
}

/**
 * Decides for the whole file before anything is edited: an export whose calls change moves only when all its uses can be
 * said anew, a form that moves all or nothing waits for its names, and a module that is mocked moves with its mock.
 */
export function decide(rewrite: FileRewrite, forms: readonly Form[], edited: EditedRanges): Decisions {
  const obstacles = new Map<Form, Reason>();
  const blocked = new Map<string, Reason>();
  const block = (entry: Entry, why: Reason) => {
    if (isCalled(entry.destination) && !blocked.has(labelOf(entry.destination)))
      blocked.set(labelOf(entry.destination), why);
  };
  for (const form of forms) {
    if (form.obstacle) obstacles.set(form, form.obstacle);
    for (const entry of form.entries) {
      const why = isCalled(entry.destination) && !form.isMock ? calledObstacle(rewrite, entry, edited) : undefined;
      if (why) block(entry, why);
    }
  }
  for (let size = -1; size !== obstacles.size + blocked.size; ) {
    size = obstacles.size + blocked.size;
    for (const form of forms) {
      const held = form.entries
        .map((entry) => blocked.get(labelOf(entry.destination)))
        .find((why) => why !== undefined);
      if (form.whole && held && !obstacles.has(form)) obstacles.set(form, held);
      const why = obstacles.get(form);
      if (why) for (const entry of form.entries) block(entry, why);
    }
    holdMocked(forms, obstacles, blocked);
    holdDoubled(forms, obstacles);
  }
  return { obstacles, blocked };
}

/** Mocks of two modules that become one: the second would take the place of the first. */
function holdDoubled(forms: readonly Form[], obstacles: Map<Form, Reason>): void {
  const moving = forms.filter((form) => form.isMock && form.carries && !obstacles.has(form));
  for (const mock of moving) {
    const to = formatModule(mock.carries!);
    const isOther = (form: Form) =>
      formatModule(form.carries!) === to &&
      formatModule(form.destinations.module) !== formatModule(mock.destinations.module);
    if (moving.some(isOther)) obstacles.set(mock, reason('mocked', `two modules that this file mocks become '${to}'`));
  }
}

/** A module whose mock stays keeps its imports, and one whose imports stay keeps its mock. */
function holdMocked(forms: readonly Form[], obstacles: Map<Form, Reason>, blocked: ReadonlyMap<string, Reason>): void {
  for (const mock of forms.filter((form) => form.isMock)) {
    const module = formatModule(mock.destinations.module);
    const beside = forms.filter((form) => formatModule(form.destinations.module) === module);
    const isHeld = (form: Form) =>
      obstacles.has(form) || form.entries.some((entry) => blocked.has(labelOf(entry.destination)));
    if (!beside.some(isHeld)) continue;
    for (const form of beside) {
      if (obstacles.has(form)) continue;
      const text = form.isMock
        ? `mocks '${form.usage.text}', whose import in this file is for review: they have to move together`
        : `'${form.usage.text}' is mocked in this file, and the mock is for review: they have to move together`;
      obstacles.set(form, reason('mocked', text));
    }
  }
}
