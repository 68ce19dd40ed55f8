import { formatPlace } from '../base/places.ts';
import { blockOf, codeOf, row, textOf } from './markdown-text.ts';
import type { LeftGroup, ReportFile, ReportModel, ReportPhase, ReviewGroup } from './model.ts';
import { callerWords, conditionWords } from './retirements.ts';
import { codemodWords, count, duration, noteWords, oneLine, statusWords, unsaid } from './words.ts';

/** GitHub cuts a pull request's text at 65,536 characters. */
const LONGEST = 65_000;
/** How many of each list are shown; the first that fits is taken. */
const LIMITS = [Number.POSITIVE_INFINITY, 500, 200, 80, 30, 10, 3] as const;
const LONGEST_OUTPUT = 3_000;
const SIGNS = { create: 'A', modify: 'M', delete: 'D' } as const;

/** The report as GitHub-flavoured Markdown for a pull request: never longer than one may be, lists are cut and say so. */
export function renderMarkdown(model: ReportModel): string {
  for (const limit of LIMITS) {
    const text = write(model, limit);
    if (text.length <= LONGEST) return text;
  }
  return write(model, 0);
}

function write(model: ReportModel, limit: number): string {
  const parts = [
    ...head(model),
    ...failedGates(model),
    ...codemods(model, limit),
    ...retirements(model),
    ...notes(model, limit),
    ...proofs(model, limit),
    ...review(model, limit),
    ...mentionList(model, limit),
  ];
  parts.push(...skipped(model, limit), ...left(model, limit), ...files(model, limit), ...undo(model));
  return `${parts.join('\n')}\n`;
}

function head(model: ReportModel): readonly string[] {
  const { account, changed } = model;
  return [
    `# ${textOf(model.migration.name)}: ${statusWords(model.status, model.dryRun)}`,
    '',
    `**${count(account.found, 'place')} found** = ${account.edited} edited + ${account.review} for review + ${account.left} left alone.`,
    `${count(changed.files, 'file')} changed (${changed.created} created, ${changed.modified} modified, ${changed.deleted} deleted), +${changed.added} −${changed.removed} lines.`,
    '',
    row('Phase', 'Result', 'Found', 'Edited', 'Review', 'Left', 'Files', 'Gates'),
    row('---', '---', '--:', '--:', '--:', '--:', '--:', '---'),
    ...model.phases.map(phaseRow),
    '',
    `Target ${codeOf(model.target)}, manifest ${codeOf(model.migration.hash)}, ${model.startedAt}, reroute ${model.reroute}.`,
  ];
}

function phaseRow({ name, status, dryRun, account, changed, gates }: ReportPhase): string {
  const passed = gates
    .map((gate) => `${gate.passed ? '✓' : '✗'} ${codeOf(gate.gate)} (${duration(gate.milliseconds)})`)
    .join(', ');
  const numbers = [account.found, account.edited, account.review, account.left, changed.files].map(String);
  return row(textOf(name), statusWords(status, dryRun), ...numbers, passed === '' ? 'none' : passed);
}

function codemods({ phases }: ReportModel, limit: number): readonly string[] {
  const accounts = phases.flatMap((phase) => phase.codemods);
  if (accounts.length === 0) return [];
  return [
    '',
    '## Codemods',
    '',
    ...accounts.flatMap((account) => [
      `- ${codeOf(account.codemod)}: ${textOf(oneLine(codemodWords(account), 300))}`,
      ...some(account.reports, limit, '  - ', ({ file, text }) => [
        `  - ${codeOf(file)} ${textOf(oneLine(text, 300))}`,
      ]),
    ]),
  ];
}

function failedGates({ phases }: ReportModel): readonly string[] {
  return phases.flatMap((phase) =>
    phase.gates
      .filter((gate) => !gate.passed)
      .flatMap((gate) => {
        const output = gate.output.trim();
        const shown = output.length > LONGEST_OUTPUT ? `…${output.slice(-LONGEST_OUTPUT)}` : output;
        return ['', `## Gate ${codeOf(gate.gate)} failed in ${textOf(phase.name)}`, '', blockOf(shown)];
      }),
  );
}

function proofs(model: ReportModel, limit: number): readonly string[] {
  if (model.proofs.length === 0) return [];
  const how = { symbol: 'resolves to it', override: 'overrides it', module: 'specifier leads to it' } as const;
  return [
    '',
    '## What the edits were proven against',
    '',
    row('Places', 'Files', 'Declaration', 'Declared at', 'How it is known'),
    row('--:', '--:', '---', '---', '---'),
    ...some(model.proofs, limit, '', ({ proof, places, files }) => [
      row(String(places), String(files), codeOf(proof.name), codeOf(formatPlace(proof.declaration)), how[proof.how]),
    ]),
  ];
}

function retirements({ retirements: all, dryRun }: ReportModel): readonly string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ proxy, goes, conditions, callers }) =>
    row(
      codeOf(proxy),
      goes ? (dryRun ? 'may go' : 'gone') : 'stays',
      conditions.map((each) => `${each.holds ? '✓' : '✗'} ${textOf(conditionWords(each))}`).join('<br>'),
      callers.map((each) => textOf(callerWords(each))).join('<br>') || 'none known',
    ),
  );
  return [
    '',
    '## Proxies',
    '',
    row('Proxy', 'Result', 'Conditions', 'Last callers'),
    row('---', '---', '---', '---'),
    ...rows,
  ];
}

function notes({ notes: all }: ReportModel, limit: number): readonly string[] {
  if (all.length === 0) return [];
  const items = some(all, limit, '- ', (note) => [
    `- ${textOf(noteWords(note))}${note.next === undefined ? '' : `<br>${codeOf(note.next)}`}`,
  ]);
  return ['', '## Notes', '', ...items];
}

function mentionList({ mentions }: ReportModel, limit: number): readonly string[] {
  if (mentions.length === 0) return [];
  const items = some(mentions, limit, '- ', (item) => [
    `- [ ] ${codeOf(formatPlace(item.now))} ${textOf(oneLine(item.reason, 300))}`,
  ]);
  const intro = `${count(mentions.length, 'place')} in documents, comments and strings that name what moved. Counted as for review.`;
  return ['', '## Mentions', '', intro, '', ...items];
}

function review({ account, review, mentions }: ReportModel, limit: number): readonly string[] {
  const places = account.review - mentions.length;
  if (places === 0) return ['', '## For review', '', 'Nothing.'];
  const group = ({ code, items }: ReviewGroup) => [
    '',
    `### ${codeOf(code)} (${items.length})`,
    '',
    ...some(items, limit, '- ', (item) => {
      const line = item.line === undefined ? item.text : oneLine(item.line, 120);
      const declared = unsaid(item.reason, item.declarations)
        .map((place) => codeOf(formatPlace(place)))
        .join(', ');
      const reason = textOf(oneLine(item.reason, 300)) + (declared === '' ? '' : ` (${declared})`);
      return [`- [ ] ${codeOf(formatPlace(item.now))} ${codeOf(line)}<br>${reason}`];
    }),
  ];
  const intro = `${count(places, 'place')} that Reroute did not change, because it could not prove what is right.`;
  return ['', '## For review', '', intro, ...some(review, limit, '\n', group)];
}

function skipped(model: ReportModel, limit: number): readonly string[] {
  if (model.skipped.length === 0) return [];
  const items = some(model.skipped, limit, '- ', ({ file, position, reason }) => {
    const place = position ? `${file}:${position.line}:${position.column}` : file;
    return [`- ${codeOf(place)} ${textOf(oneLine(reason, 300))}`];
  });
  return ['', '## Skipped', '', `${count(model.skipped.length, 'file')} not read, not parsed or failed.`, '', ...items];
}

function left(model: ReportModel, limit: number): readonly string[] {
  if (model.account.left === 0) return [];
  const group = ({ reason, declarations, places }: LeftGroup) => {
    const declared = unsaid(reason, declarations)
      .map((place) => codeOf(formatPlace(place)))
      .join(', ');
    return [
      `- ${count(places.length, 'place')}: ${textOf(oneLine(reason, 300))}${declared === '' ? '' : ` (${declared})`}`,
    ];
  };
  return folded(`Left alone: ${count(model.account.left, 'place')}`, some(model.left, limit, '- ', group));
}

function files(model: ReportModel, limit: number): readonly string[] {
  const all = model.phases.flatMap((phase) => phase.files.map((file) => ({ phase, file })));
  if (all.length === 0) return [];
  const one = ({ phase, file }: { phase: ReportPhase; file: ReportFile }) => {
    const places = file.edits.reduce((sum, edit) => sum + edit.proven.length, file.carried.length);
    const edited = places > 0 ? `, ${places} edited` : '';
    const open = file.review > 0 ? `, ${file.review} for review` : '';
    return [
      `- ${SIGNS[file.kind]} ${codeOf(file.file)} +${file.added} −${file.removed}${edited}${open} (${textOf(phase.name)})`,
    ];
  };
  return folded(`Changed files: ${all.length}`, some(all, limit, '- ', one));
}

function undo({ undo, dryRun, target }: ReportModel): readonly string[] {
  if (undo.length > 0)
    return ['', '## To undo', '', `In ${codeOf(target)}, in this order:`, '', blockOf(undo.join('\n'))];
  return [
    '',
    dryRun ? 'A dry run: nothing was written.' : 'Nothing of this run stands in the target: there is nothing to undo.',
  ];
}

/** `title` has no markup in it. */
function folded(title: string, lines: readonly string[]): readonly string[] {
  return ['', `<details><summary>${title}</summary>`, '', ...lines, '', '</details>'];
}

function some<T>(
  items: readonly T[],
  limit: number,
  lead: string,
  lines: (item: T) => readonly string[],
): readonly string[] {
  const more = items.length - limit;
  const rest = more > 0 ? [`${lead}… and ${more} more in the HTML report`] : [];
  return [...items.slice(0, limit).flatMap(lines), ...rest];
}
