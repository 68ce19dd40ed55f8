import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { renderHtml } from '../report/html.ts';
import { renderJson } from '../report/json.ts';
import { renderMarkdown } from '../report/markdown.ts';
import type { ReportModel } from '../report/model.ts';
import { renderPatch } from '../report/patch.ts';
import { renderText } from '../report/text.ts';
import { LEDGER_FOLDER } from '../run/ledger.ts';
import { writeInside } from './write-inside.ts';

/** The formats of a report, and how each is made. */
export const FORMATS = {
  text: (model: ReportModel) => renderText(model, { detail: 'full' }),
  markdown: renderMarkdown,
  html: renderHtml,
  json: renderJson,
  patch: renderPatch,
} as const;

const ENDINGS = { html: '.html', markdown: '.md', json: '.json', patch: '.patch' } as const;

/** Absolute paths; no patch when the run changed nothing that stands. */
export type ReportFiles = Readonly<Record<'html' | 'markdown' | 'json', string>> & { readonly patch?: string };

/**
 * Writes the report in every format, and gives their absolute paths: in the target's `.reroute/reports`, or in a new
 * temporary folder for a dry run, which leaves nothing in the target.
 */
export function writeReports(model: ReportModel): ReportFiles {
  const inTarget = path.join(LEDGER_FOLDER, 'reports');
  const [root, folder] = model.dryRun
    ? [mkdtempSync(path.join(os.tmpdir(), 'reroute-report-')), '.']
    : [model.target, inTarget];
  const write = (format: keyof typeof ENDINGS): string => {
    const file = path.join(folder, reportName(model) + ENDINGS[format]);
    writeInside(root, file, FORMATS[format](model));
    return path.join(root, file);
  };
  const files = { html: write('html'), markdown: write('markdown'), json: write('json') };
  return model.changed.files === 0 ? files : { ...files, patch: write('patch') };
}

/** Where the page of runs will be, relative to the target: by the id of the first of them. */
export function reportPlace(first: string, several: boolean): string {
  return `${LEDGER_FOLDER}/reports/${nameFor(first, several)}${ENDINGS.html}`;
}

function reportName({ phases }: ReportModel): string {
  return nameFor(phases[0]!.run, phases.length > 1);
}

/** The run's id, or the time of the first run and `all` for several. */
function nameFor(first: string, several: boolean): string {
  return several ? `${first.split('-', 1)[0]}-all` : first;
}
