import path from 'node:path';
import type { OpenOptions } from '../compiler/contract.ts';
import { createSurfaceReader, type SurfaceReader } from '../compiler/surface-reader.ts';
import { formatExport, formatModule, type Migration, type Phase } from '../manifest/migration.ts';
import { checkManifest } from '../survey/check-manifest.ts';
import { compareSurfaces, type SurfaceDifference } from '../survey/compare-surfaces.ts';
import { expandFolders } from '../survey/expand-folders.ts';
import { installCommand } from '../survey/install-command.ts';
import { type CountedNote, countNote } from '../survey/notes.ts';
import type { SkippedFile } from '../survey/skipped-file.ts';
import { surveyTarget } from '../survey/survey-target.ts';
import { TargetView } from '../survey/target-view.ts';
import type { Usage } from '../survey/usage.ts';
import { phaseAssigner } from './assign-phases.ts';
import { throughBarrel } from './through-barrel.ts';

/** What a migration would do to one target, phase by phase. Rendered as `migration-plan.md`. */
export interface Plan {
  readonly migration: Migration;
  /** The target's folder name. */
  readonly target: string;
  /** One per deprecated export, in the manifest's order. */
  readonly implementations: readonly Implementation[];
  /** In the order in which they run. */
  readonly phases: readonly PlannedPhase[];
  /** Places that a person has to look at, by place, but for mentions. */
  readonly review: readonly Usage[];
  /** Documents, comments and strings that name what moves and are not edited; counted as for review, as runs do. */
  readonly mentions: readonly Usage[];
  /** Files with proven usages that no phase covers, sorted. */
  readonly unphased: readonly string[];
  readonly skipped: readonly SkippedFile[];
  /** What is missing in the target, most places first, then what its configurations say that is read otherwise. */
  readonly notes: readonly CountedNote[];
  /** Old import → new import, in the manifest's order. */
  readonly canonicalImports: readonly CanonicalImport[];
  readonly counts: Counts;
}

/**
 * Places by what the compiler says of them: found = proven + review + left. A run finds and leaves alone the same; of what
 * is proven, its codemods and its check of types may have more for review.
 */
interface Counts {
  readonly found: number;
  readonly proven: number;
  readonly review: number;
  readonly left: number;
}

/** A deprecated export and how its surface differs from the canonical one's. */
export interface Implementation {
  /** `src/core/message_router.ts#MessageRouter`. */
  readonly deprecated: string;
  readonly canonical: string;
  /** Empty when the two are alike, or when a proxy stands there already. */
  readonly differences: readonly SurfaceDifference[];
  /** Files with a proven import of its module, sorted. */
  readonly importers: readonly string[];
}

interface CanonicalImport {
  readonly old: string;
  readonly new: string;
}

type PhaseState = 'pending' | 'done' | 'kept' | 'rolled-back';

export interface PlannedPhase {
  readonly phase: Phase;
  readonly state: PhaseState;
  /** Those with proven or unclear places, sorted. */
  readonly files: readonly PlannedFile[];
  readonly counts: Counts;
  /** Of its files, the tests that import a deprecated module. */
  readonly tests: readonly string[];
}

interface PlannedFile {
  readonly file: string;
  readonly proven: number;
  readonly review: number;
}

export interface PlanOptions {
  readonly migration: Migration;
  /** The target's absolute root. */
  readonly target: string;
  /** What the ledger says of each phase; a phase that it does not name is pending. */
  readonly states: ReadonlyMap<string, PhaseState>;
  readonly onBadConfig?: OpenOptions['onBadConfig'];
  /** Whether a phase took the proxy at a path away. */
  readonly isRetired?: (file: string) => boolean;
}

/**
 * Surveys the target and sorts what it finds into the migration's phases. Writes nothing. Throws
 * `MANIFEST_UNKNOWN_MODULE`, `MANIFEST_UNKNOWN_EXPORT`, `MANIFEST_UNKNOWN_MEMBER`, `COMPILER_BAD_CONFIG`.
 */
export async function buildPlan({ target, states, onBadConfig, ...options }: PlanOptions): Promise<Plan> {
  const view = new TargetView(target);
  const migration = expandFolders(options.migration, view);
  const reader = createSurfaceReader({ root: view.root, ...(onBadConfig && { onBadConfig }) });
  checkManifest({
    migration,
    reader,
    view,
    install: (name) => installCommand(view, name),
    ...(options.isRetired && { isRetired: options.isRetired }),
  });
  const survey = surveyTarget(view, migration, onBadConfig);
  const { skipped } = survey;
  const usages = barrelsSettled(survey.usages);
  const phaseOf = phaseAssigner(migration);
  const concerns = usages.filter((usage) => usage.verdict.kind !== 'unrelated');
  const unclear = concerns.filter((usage) => usage.verdict.kind === 'unclear');
  return {
    migration,
    target: path.basename(target),
    implementations: implementations(reader, { migration, states }, usages),
    phases: migration.phases.map((phase) => {
      const own = usages.filter((usage) => phaseOf(usage.place.file) === phase.name);
      const files = plannedFiles(own);
      return {
        phase,
        state: states.get(phase.name) ?? 'pending',
        files,
        counts: count(own),
        tests: importersOf(own).filter((file) => TEST_FILE.test(file)),
      };
    }),
    review: unclear.filter(({ subject }) => subject.kind !== 'mention'),
    mentions: unclear.filter(({ subject }) => subject.kind === 'mention'),
    unphased: [...new Set(concerns.map((usage) => usage.place.file))].filter((file) => phaseOf(file) === undefined),
    skipped,
    notes: survey.notes
      .map((note) =>
        countNote(
          note,
          usages.map(({ place: { file }, verdict }) => ({
            file,
            reason: verdict.kind === 'unclear' ? verdict.reason : undefined,
          })),
        ),
      )
      .sort((a, b) => b.places - a.places),
    canonicalImports: canonicalImports(migration),
    counts: count(usages),
  };
}

/** What comes through a barrel is not for a phase to edit: the verdict says so as a run would. */
function barrelsSettled(usages: readonly Usage[]): readonly Usage[] {
  const byFile = new Map<string, Usage[]>();
  for (const usage of usages) {
    const own = byFile.get(usage.place.file);
    if (own) own.push(usage);
    else byFile.set(usage.place.file, [usage]);
  }
  return [...byFile.values()].flatMap((own) => {
    const settled = new Map(
      throughBarrel(own.filter(({ verdict }) => verdict.kind === 'proven')).map((each) => [each.usage, each]),
    );
    return own.map((usage): Usage => {
      const found = settled.get(usage);
      if (!found) return usage;
      return { ...usage, verdict: { kind: found.result === 'left' ? 'unrelated' : 'unclear', reason: found.reason } };
    });
  });
}

const TEST_FILE = /(^|\/)(tests?|__tests__|specs?|e2e)\/|[.-](test|spec)\.[cm]?[jt]sx?$/;

function implementations(
  reader: SurfaceReader,
  { migration, states }: Pick<PlanOptions, 'migration' | 'states'>,
  usages: readonly Usage[],
): Implementation[] {
  const proxied = migration.phases.some(
    (phase) => phase.steps.some((step) => step.kind === 'proxies') && states.get(phase.name) === 'done',
  );
  return migration.moves.flatMap((move) => {
    if (move.kind === 'module') return [];
    return move.replaces.map((deprecated) => {
      const { module } = deprecated.export;
      const differences = () => {
        const old = reader.surface(module).exports.get(deprecated.export.name);
        const canonical = reader.surface(move.canonical.module).exports.get(move.canonical.name);
        return old && canonical ? compareSurfaces(old, canonical, deprecated.mappings) : [];
      };
      const own = usages.filter(
        ({ subject }) => subject.kind === 'specifier' && formatModule(subject.module) === formatModule(module),
      );
      return {
        deprecated: formatExport(deprecated.export),
        canonical: formatExport(move.canonical),
        differences: proxied || !reader.resolve(module) ? [] : differences(),
        importers: importersOf(own),
      };
    });
  });
}

/** Files with a proven specifier among the usages, sorted. */
function importersOf(usages: readonly Usage[]): readonly string[] {
  const imports = usages.filter(({ subject, verdict }) => subject.kind === 'specifier' && verdict.kind === 'proven');
  return [...new Set(imports.map((usage) => usage.place.file))].sort();
}

function plannedFiles(usages: readonly Usage[]): readonly PlannedFile[] {
  const files = new Map<string, { proven: number; review: number }>();
  for (const { place, verdict } of usages) {
    if (verdict.kind === 'unrelated') continue;
    const counts = files.get(place.file) ?? { proven: 0, review: 0 };
    counts[verdict.kind === 'proven' ? 'proven' : 'review']++;
    files.set(place.file, counts);
  }
  return [...files].map(([file, counts]) => ({ file, ...counts })).sort((a, b) => (a.file < b.file ? -1 : 1));
}

function count(usages: readonly Usage[]): Counts {
  const counts = { found: usages.length, proven: 0, review: 0, left: 0 };
  for (const { verdict } of usages) {
    if (verdict.kind === 'proven') counts.proven++;
    else if (verdict.kind === 'unclear') counts.review++;
    else counts.left++;
  }
  return counts;
}

function canonicalImports(migration: Migration): CanonicalImport[] {
  return migration.moves.flatMap((move) =>
    move.kind === 'module'
      ? move.replaces.map((module) => ({ old: formatModule(module), new: formatModule(move.canonical) }))
      : move.replaces.map((deprecated) => ({
          old: formatExport(deprecated.export),
          new: formatExport(move.canonical),
        })),
  );
}
