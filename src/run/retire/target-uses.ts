import path from 'node:path';
import { BASELINE_FILE, type BaselineUse, readBaseline } from '../../base/baseline.ts';
import { formatPlace, type Place } from '../../base/places.ts';
import { formatModule, type Migration, type ModuleRef } from '../../manifest/migration.ts';
import { expandFolders } from '../../survey/expand-folders.ts';
import { isSource } from '../../survey/list-files.ts';
import { surveyTarget } from '../../survey/survey-target.ts';
import { TargetView } from '../../survey/target-view.ts';
import type { MemberCandidate, Usage } from '../../survey/usage.ts';

/** What a target says of the deprecated modules: who uses them in its code, and what its ratchet accepts. */
export interface TargetUses {
  /** The target's absolute root. */
  readonly root: string;
  /** By deprecated module, as the manifest writes it. */
  readonly uses: ReadonlyMap<string, readonly StaticUse[]>;
  readonly ratchet: readonly BaselineUse[];
}

export interface StaticUse {
  readonly place: Place;
  /** `imports it`, in words that follow the place. */
  readonly how: string;
}

/** What is for people only. What such a file says breaks nothing when the module is gone. */
const PROSE = /\.(?:md|mdx|html)$/;

/**
 * What keeps a target's proxies: everything that the survey has proven, and what nobody could tell. Not prose, and not
 * comments: those break nothing.
 */
export function targetUses(view: TargetView, usages: readonly Usage[]): TargetUses {
  const uses = new Map<string, StaticUse[]>();
  for (const usage of usages) {
    if (usage.verdict.kind === 'unrelated' || isProse(view, usage)) continue;
    for (const module of modulesOf(usage)) {
      const known = uses.get(module);
      const use = { place: usage.place, how: wordsFor(usage) };
      if (known) known.push(use);
      else uses.set(module, [use]);
    }
  }
  return { root: view.root, uses, ratchet: readBaseline(path.join(view.root, BASELINE_FILE)) };
}

/** The same of a target that is not the run's own. Throws as a run does when the compiler cannot be opened. */
export function surveyUses(root: string, given: Migration, onBadConfig: 'ignore' | 'throw'): TargetUses {
  const view = new TargetView(root);
  return targetUses(view, surveyTarget(view, expandFolders(given, view), onBadConfig).usages);
}

/** `src/app.ts:3:10 imports it`. */
export function formatUse({ place, how }: StaticUse): string {
  return `${formatPlace(place)} ${how}`;
}

function isProse(view: TargetView, { subject, place }: Usage): boolean {
  if (subject.kind !== 'mention') return subject.kind === 'outdated';
  if (!isSource(place.file)) return PROSE.test(place.file);
  const source = view.read(place.file);
  // In code, a path that is no string stands in a comment.
  return typeof source === 'string' || !/['"`]/.test(source.text[place.range.start - 1] ?? '');
}

/** The deprecated modules that a place may need. A member that nobody can place may be that of any of them. */
function modulesOf({ subject, verdict }: Usage): readonly string[] {
  switch (subject.kind) {
    case 'specifier':
    case 'mention':
      return [formatModule(subject.module)];
    case 'outdated':
      return [];
    default: {
      const candidates: readonly Pick<MemberCandidate, 'deprecated'>[] = subject.candidates;
      const meant = verdict.kind === 'proven' ? candidates.slice(verdict.candidate, verdict.candidate + 1) : candidates;
      const modules = meant.flatMap(({ deprecated }): readonly ModuleRef[] =>
        deprecated ? [deprecated.export.module] : [],
      );
      return [...new Set(modules.map(formatModule))];
    }
  }
}

function wordsFor({ subject, text, verdict }: Usage): string {
  const unsure = verdict.kind === 'unclear' ? `, for review: ${verdict.reason.text}` : '';
  switch (subject.kind) {
    case 'specifier':
      return `${verdict.kind === 'proven' ? 'imports' : 'may import'} it as '${text}'${unsure}`;
    case 'mention':
      return `names it: ${text}`;
    default:
      return `${verdict.kind === 'proven' ? 'uses' : 'may use'} ${text}${unsure}`;
  }
}
