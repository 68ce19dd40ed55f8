import { createHash } from 'node:crypto';
import { changes, fileList } from './html/changes.ts';
import { html, Markup } from './html/markup.ts';
import { retirements } from './html/retirements.ts';
import { SCRIPT } from './html/script.ts';
import { STYLE } from './html/style.ts';
import { summary } from './html/summary.ts';
import { leftAlone, mentions, notes, review, skipped } from './html/verdicts.ts';
import type { ReportModel } from './model.ts';

/**
 * One page that needs nothing else: no font, image, style or script from anywhere. Its content security policy allows
 * only its own style and script, by hash. Without a script it still shows everything, unfiltered and unified.
 */
export function renderHtml(model: ReportModel): string {
  const title = `${model.migration.name}: ${model.phases.map((phase) => phase.name).join(', ')}`;
  const policy = [
    "default-src 'none'",
    `style-src '${integrity(STYLE)}'`,
    `script-src '${integrity(SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="reroute ${model.reroute}">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#changes">Skip to the changes</a>
<aside>
${controls(model)}
${fileList(model)}
</aside>
<main>
${summary(model)}
${retirements(model)}
${notes(model)}
${skipped(model)}
${review(model)}
${mentions(model)}
${changes(model)}
${leftAlone(model)}
<footer class="quiet"><p class="keys"><kbd>/</kbd> filter <kbd>n</kbd> <kbd>p</kbd> next and previous edit <kbd>j</kbd> <kbd>k</kbd> next and previous file <kbd>Esc</kbd> close</p></footer>
</main>
<div id="proof" role="dialog" aria-label="How this edit is known" hidden></div>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
}

function integrity(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function controls({ account, phases }: ReportModel): Markup {
  const files = phases.reduce((sum, phase) => sum + phase.files.length, 0);
  const result = (value: string, words: string, number: number, checked = false) =>
    html`<label class="${value}"><input type="radio" name="result" value="${value}"${new Markup(checked ? ' checked' : '')}><span>${words} <b>${number.toLocaleString('en-US')}</b></span></label>`;
  return html`<div class="controls">
<input id="filter" type="search" placeholder="Filter by file" aria-label="Filter by file: part of a path, several separated by spaces" autocomplete="off" spellcheck="false">
<fieldset class="results"><legend>Show</legend>${result('all', 'All', account.found, true)}${result('edited', 'Edited', account.edited)}${result('review', 'Review', account.review)}${result('left', 'Left', account.left)}</fieldset>
<div class="buttons"><button type="button" id="view" aria-pressed="false">Side by side</button><button type="button" id="fold">Open all</button><button type="button" id="theme">Auto theme</button></div>
<p id="shown" class="quiet" role="status">${files.toLocaleString('en-US')} files</p>
</div>`;
}
