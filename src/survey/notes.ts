import { installCommand } from './install-command.ts';
import type { TargetView } from './target-view.ts';
import type { Missing, Reason, Usage } from './usage.ts';

/** Something about a target that a user should know beside its places: what is missing, what is read otherwise. */
export interface Note {
  readonly code: 'missing-package' | 'missing-file' | 'tsconfig-setting' | 'hard-links';
  /** The package, the file, or the setting. */
  readonly subject: string;
  /** One or two sentences, the last one without a full stop. */
  readonly text: string;
  /** What to do about it: a command, or a sentence. */
  readonly next?: string;
}

/** A note, with how many places are for review because of it. */
export interface CountedNote extends Note {
  readonly places: number;
  readonly files: number;
}

/** What is missing in a target so that places could not be told, by name. */
export function missingNotes(view: TargetView, usages: readonly Usage[]): readonly Note[] {
  const reasons = usages.flatMap(({ verdict }) => (verdict.kind === 'unclear' ? [verdict.reason] : []));
  const missing = new Map(reasons.flatMap(({ missing = [] }) => missing.map((each) => [each.name, each] as const)));
  const sorted = [...missing.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.map((each) => missingNote(view, each));
}

function missingNote(view: TargetView, { kind, name: subject }: Missing): Note {
  if (kind === 'file') {
    const text = `${subject} is imported and is not there`;
    return { code: 'missing-file', subject, text, next: 'Build or generate it, then run again.' };
  }
  const next = installCommand(view, subject);
  const text = `${subject} is not installed`;
  return next === undefined
    ? { code: 'missing-package', subject, text: `${text}, and no package.json lists it` }
    : { code: 'missing-package', subject, text, next };
}

/** A note with those of the places that wait for what it speaks of. */
export function countNote(
  note: Note,
  places: readonly { readonly file: string; readonly reason: Reason | undefined }[],
): CountedNote {
  const own = places.filter(({ reason }) => reason?.missing?.some(({ name }) => name === note.subject));
  return { ...note, places: own.length, files: new Set(own.map(({ file }) => file)).size };
}
