import { formatPlace } from '../base/places.ts';
import type { Gate, Step } from '../manifest/migration.ts';
import type { SurfaceDifference } from '../survey/compare-surfaces.ts';
import type { Usage } from '../survey/usage.ts';
import type { Implementation, Plan, PlannedPhase } from './plan.ts';

/** How the plan was made, so that the page can say how to make it again. */
export interface PlanPage {
  /** A command line, run where the page lies. */
  readonly again: string;
  /** The manifest, relative to where the page lies. */
  readonly manifest: string;
}

/** The plan as a Markdown page: the same text for the same plan, on any machine. */
export function renderPlan(plan: Plan, page: PlanPage): string {
  const { migration } = plan;
  const blocks = [
    `# Migration plan: ${migration.name}`,
    `<!-- @generated from ${page.manifest} (manifest ${migration.hash}). Make it again: ${page.again} -->`,
    `Target: \`${plan.target}\`. ${sentence(plan)}`,
    '## Implementations',
    ...(plan.implementations.length > 0
      ? plan.implementations.map(implementation)
      : ['The manifest replaces no export.']),
    '## Canonical imports',
    table(
      ['old', 'new'],
      plan.canonicalImports.map((row) => [code(row.old), code(row.new)]),
    ),
    '## Phases',
    ...plan.phases.map((phase, i) => renderPhase(plan, phase, i + 1)),
    ...unphased(plan),
    ...notes(plan),
    '## For review',
    plan.review.length > 0 ? places(plan.review) : 'Nothing.',
    ...mentions(plan),
    ...skipped(plan),
    '## Gates',
    gateSentence(plan),
    '## Rollback',
    rollback(plan),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function sentence({ counts, phases }: Plan): string {
  const files = new Set(phases.flatMap((phase) => phase.files.map(({ file }) => file))).size;
  return (
    `${plural(counts.found, 'place')} found in the text: ${counts.proven} proven to be deprecated, ` +
    `${counts.review} for review, ${counts.left} left alone. ${plural(files, 'file')} to edit or to look at.`
  );
}

function implementation({ deprecated, canonical, differences, importers }: Implementation): string {
  const lines = [`### \`${deprecated}\``, `Becomes \`${canonical}\`. Imported by ${plural(importers.length, 'file')}.`];
  if (differences.length > 0)
    lines.push(table(['', 'deprecated', 'canonical', 'mapped'], differences.map(differenceRow)));
  return lines.join('\n\n');
}

function differenceRow(difference: SurfaceDifference): string[] {
  const { kind, name, deprecated, canonical, mapped } = difference;
  const show = (text: string | undefined) => (text === undefined ? '–' : code(`${name}${text}`));
  const words = { 'only-deprecated': 'only deprecated', 'only-canonical': 'only canonical', signature: 'differs' };
  return [words[kind], show(deprecated), show(canonical), kind === 'only-canonical' ? '' : mapped ? 'yes' : 'no'];
}

const STATE_WORDS: Readonly<Record<PlannedPhase['state'], string>> = {
  pending: '',
  done: '',
  kept: ' (written, though a gate failed)',
  'rolled-back': ' (rolled back)',
};

function renderPhase(plan: Plan, planned: PlannedPhase, number: number): string {
  const { phase, state, files, counts, tests } = planned;
  const done = state === 'done';
  const title = `### ${number}. ${phase.name}`;
  const status = `- [${done ? 'x' : ' '}] ${phase.steps.map(stepName).join(', ')}${STATE_WORDS[state]}`;
  const lines = [title, status];
  const proxies = phase.steps.some((step) => step.kind === 'proxies');
  if (proxies) lines.push(`Writes ${plural(deprecatedModules(plan), 'proxy', 'proxies')} at the deprecated paths.`);
  if (files.length > 0) {
    lines.push(
      `${plural(counts.proven, 'place')} to edit, ${counts.review} for review, ${counts.left} left alone, in ${plural(files.length, 'file')}.`,
      files.map((file) => fileLine(file, done)).join('\n'),
    );
  } else if (!proxies) lines.push('Nothing to edit.');
  if (tests.length > 0) lines.push(`Tests that import a deprecated module: ${tests.map(code).join(', ')}.`);
  lines.push(`Run: \`npx reroute run ${phase.name}\``);
  return lines.join('\n\n');
}

function fileLine({ file, proven, review }: { file: string; proven: number; review: number }, done: boolean): string {
  const parts = [proven > 0 && plural(proven, 'place'), review > 0 && `${review} for review`].filter(Boolean);
  return `- [${done && proven === 0 ? 'x' : ' '}] \`${file}\`: ${parts.join(', ')}`;
}

function stepName(step: Step): string {
  return step.kind === 'codemod' ? `codemod \`${step.path.split(/[\\/]/).slice(-2).join('/')}\`` : step.kind;
}

function deprecatedModules(plan: Plan): number {
  const modules = plan.canonicalImports.map((row) => row.old.split('#')[0]);
  return new Set(modules).size;
}

function unphased({ unphased }: Plan): string[] {
  if (unphased.length === 0) return [];
  return ['## In no phase', `No phase's globs match these files; their places stay as they are.\n\n${list(unphased)}`];
}

function mentions({ mentions }: Plan): string[] {
  if (mentions.length === 0) return [];
  const intro = `${plural(mentions.length, 'place')} in documents, comments and strings that name what moves. Counted as for review.`;
  return ['## Mentions', intro, places(mentions)];
}

function places(usages: readonly Usage[]): string {
  return usages
    .map(({ place, text, verdict }) => {
      const reason = verdict.kind === 'proven' ? '' : verdict.reason.text;
      return `- [ ] \`${formatPlace(place)}\` \`${text}\`: ${reason}`;
    })
    .join('\n');
}

function notes({ notes }: Plan): string[] {
  if (notes.length === 0) return [];
  const line = ({ text, places, files, next }: Plan['notes'][number]) => {
    const counted =
      places > 0 ? `: ${plural(places, 'place')} in ${plural(files, 'file')} for review because of it` : '';
    return `- ${text}${counted}${next === undefined ? '' : `. ${code(next)}`}`;
  };
  return ['## Notes', notes.map(line).join('\n')];
}

function skipped({ skipped }: Plan): string[] {
  if (skipped.length === 0) return [];
  const lines = skipped.map(({ file, position, reason }) => {
    const place = position ? `${file}:${position.line}:${position.column}` : file;
    return `- \`${place}\`: ${reason.text}`;
  });
  return ['## Skipped', lines.join('\n')];
}

function gateSentence(plan: Plan): string {
  const lines = plan.migration.gates.map((gate) => `- every phase: ${showGate(gate)}`);
  for (const phase of plan.migration.phases)
    lines.push(...phase.gates.map((gate) => `- ${phase.name}: ${showGate(gate)}`));
  return lines.length > 0 ? lines.join('\n') : 'None: nothing is checked but the edits themselves.';
}

function showGate(gate: Gate): string {
  switch (gate.kind) {
    case 'types':
      return 'no new diagnostic, in memory, before writing';
    case 'budget':
      return `at most ${plural(gate.review, 'place')} for review, or nothing is written`;
    case 'clean':
      return 'the commands change no file that the phase did not change';
    case 'command': {
      const { shell, timeLimit, retries, noNewFailures } = gate;
      const how = [
        shell && 'in a shell',
        timeLimit !== undefined && `at most ${timeLimit} s`,
        retries && `tried again up to ${plural(retries, 'time')}`,
        noNewFailures && 'nothing may fail that did not fail before',
      ];
      return [`\`${gate.command}\``, ...how.filter((words) => typeof words === 'string')].join(', ');
    }
  }
}

function rollback(plan: Plan): string {
  const phases = [...plan.migration.phases].reverse().map(({ name }) => `npx reroute rollback ${name}`);
  return `Newest first; each restores the files of its phase byte for byte.\n\n\`\`\`\n${phases.join('\n')}\n\`\`\``;
}

function list(files: readonly string[]): string {
  return files.map((file) => `- \`${file}\``).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Inline code for a table cell: a pipe would end the cell, a line break the row. */
function code(text: string): string {
  return `\`${text.replace(/\s+/g, ' ').replaceAll('|', '\\|')}\``;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
