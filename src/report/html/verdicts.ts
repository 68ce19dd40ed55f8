import type { LeftGroup, ReportModel, ReviewGroup, ReviewItem } from '../model.ts';
import { count, noteWords, unsaid } from '../words.ts';
import { declarationList } from './changes.ts';
import { html, type Markup } from './markup.ts';
import { place } from './place.ts';

/** What a person has to look at, what was left alone and what was not read. */
export function mentions({ mentions: items }: ReportModel): Markup {
  if (items.length === 0) return html``;
  return html`<section class="part review" id="mentions"><h2>Mentions</h2><p class="quiet">${count(items.length, 'place')} in documents, comments and strings that name what moved. Counted as for review.</p><ul class="items">${items.map((item) => reviewItem(item, false))}</ul></section>`;
}

/** What is missing in the target, and what its configurations say that is read otherwise. */
export function notes({ notes: all }: ReportModel): Markup {
  if (all.length === 0) return html``;
  const row = (note: ReportModel['notes'][number]) =>
    html`<li><p class="reason">${noteWords(note)}</p>${note.next !== undefined && html`<pre class="line">${note.next}</pre>`}</li>
`;
  return html`<section class="part" id="notes"><h2>Notes</h2><ul class="items">${all.map(row)}</ul></section>`;
}

export function review({ account, review: groups, mentions: apart }: ReportModel): Markup {
  const places = account.review - apart.length;
  const intro =
    places === 0
      ? 'Nothing. Every place that was found is edited or left alone.'
      : `${count(places, 'place')} that Reroute did not change, because it could not prove what is right. Line numbers are as the files stand after the run.`;
  return html`<section class="part review" id="review"><h2>For review</h2><p class="quiet">${intro}</p>${groups.map(reviewGroup)}</section>`;
}

function reviewGroup({ code, items }: ReviewGroup): Markup {
  const [first] = items;
  const shared = items.length > 1 && items.every((item) => item.reason === first?.reason);
  return html`<div class="group"><h3><code class="code">${code}</code> <span class="quiet">${count(items.length, 'place')}</span></h3>${shared && html`<p class="reason">${first?.reason}</p>`}<ul class="items">${items.map((item) => reviewItem(item, shared))}</ul></div>
`;
}

/** `reasonAbove`: the group's heading has said why already. */
function reviewItem(item: ReviewItem, reasonAbove: boolean): Markup {
  const moved = item.now.line !== item.place.line && html` <span class="quiet">found at line ${item.place.line}</span>`;
  const declarations = unsaid(item.reason, item.declarations);
  const declared = declarations.length > 0 && html` <span class="quiet">${declarationList(declarations)}</span>`;
  const reason = (!reasonAbove || declared) && html`<p class="reason">${!reasonAbove && item.reason}${declared}</p>`;
  return html`<li data-file="${item.now.file}"><p class="where">${place(item.now)}${moved}</p>${codeOf(item)}${reason}</li>
`;
}

function codeOf({ line, text }: ReviewItem): Markup {
  if (line === undefined) return html`<pre class="line"><mark>${text}</mark></pre>`;
  const at = line.indexOf(text);
  if (at === -1) return html`<pre class="line">${line}</pre>`;
  return html`<pre class="line">${line.slice(0, at)}<mark>${text}</mark>${line.slice(at + text.length)}</pre>`;
}

export function leftAlone({ account, left }: ReportModel): Markup {
  const intro =
    account.left === 0
      ? 'Nothing.'
      : `${count(account.left, 'place')} with the same text that belong to something else, or wait for another phase.`;
  return html`<section class="part left" id="left"><h2>Left alone</h2><p class="quiet">${intro}</p>${left.map(leftGroup)}</section>`;
}

function leftGroup({ code, reason, places, ...group }: LeftGroup): Markup {
  const declarations = unsaid(reason, group.declarations);
  const declared = declarations.length > 0 && html`<span class="declared">${declarationList(declarations)}</span>`;
  return html`<details class="group"><summary><span class="n">${places.length.toLocaleString('en-US')}</span><span class="reason">${reason}${declared}</span><code class="code">${code}</code></summary><ul class="places">${places.map(
    (one) => html`<li data-file="${one.file}">${place(one)}</li>
`,
  )}</ul></details>
`;
}

export function skipped({ skipped: files }: ReportModel): Markup {
  if (files.length === 0) return html``;
  const row = ({ file, position, code, reason }: ReportModel['skipped'][number]) =>
    html`<li data-file="${file}"><p class="where">${position ? place({ file, ...position, range: { start: 0, end: 0 } }) : html`<code class="at">${file}</code>`} <code class="code">${code}</code></p><p class="reason">${reason}</p></li>
`;
  return html`<section class="part skipped" id="skipped"><h2>Skipped</h2><p class="quiet">${count(files.length, 'file')} not read, not parsed or failed. Places in them, if any, are not counted above.</p><ul class="items">${files.map(row)}</ul></section>`;
}
