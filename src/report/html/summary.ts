import type { RunStatus } from '../../run/run-record.ts';
import type { ReportModel, ReportPhase } from '../model.ts';
import { codemodWords, count, duration, statusWords } from '../words.ts';
import { type Content, html, type Markup } from './markup.ts';
import { place } from './place.ts';

/** The top of the page: what ran where, how it ended, the account, the gates and how to undo. */
export function summary(model: ReportModel): Markup {
  const phases = model.phases.map((phase) => phase.name).join(', ');
  return html`<header class="top">
<p class="brand">reroute <span>${model.reroute}</span></p>
<h1>${model.migration.name} ${statusPill(model.status, model.dryRun)}</h1>
<dl class="facts">
<div><dt>Target</dt><dd><code>${model.target}</code></dd></div>
<div><dt>${model.phases.length === 1 ? 'Phase' : 'Phases'}</dt><dd>${phases}</dd></div>
<div><dt>When</dt><dd><time datetime="${model.startedAt}">${model.startedAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}</time>, ${duration(Date.parse(model.finishedAt) - Date.parse(model.startedAt))}</dd></div>
<div><dt>Manifest</dt><dd><code>${model.migration.hash}</code></dd></div>
</dl>
${account(model)}
</header>
<section class="card" aria-labelledby="phases"><h2 id="phases">Phases and gates</h2>
<div class="scroll"><table class="list"><thead><tr><th>Phase</th><th>Result</th><th class="n">Found</th><th class="n">Edited</th><th class="n">Review</th><th class="n">Left</th><th class="n">Files</th><th class="n">Lines</th><th>Gates</th></tr></thead>
<tbody>${model.phases.map(phaseRow)}</tbody></table></div>
${model.phases.map(codemods)}<ul class="gates">${model.phases.map(gateOutput)}</ul>
${undo(model)}
</section>
${proofs(model)}`;
}

function statusPill(status: RunStatus, dryRun: boolean): Markup {
  return html`<span class="pill ${status}${dryRun ? ' dry' : ''}">${statusWords(status, dryRun)}</span>`;
}

function account({ account: { found, edited, review, left }, changed }: ReportModel): Markup {
  const parts = [
    { name: 'edited', words: 'edited', value: edited, href: '#changes' },
    { name: 'review', words: 'for review', value: review, href: '#review' },
    { name: 'left', words: 'left alone', value: left, href: '#left' },
  ];
  let x = 0;
  const bars = parts.map(({ name, value }) => {
    const width = found === 0 ? 0 : (value / found) * 100;
    const bar = html`<rect class="${name}" x="${x.toFixed(3)}%" width="${width.toFixed(3)}%" height="8"/>`;
    x += width;
    return bar;
  });
  const size =
    changed.files > 0 &&
    html`<p class="size">${count(changed.files, 'file')}: ${changed.created} created, ${changed.modified} modified, ${changed.deleted} deleted · <span class="plus">+${changed.added.toLocaleString('en-US')}</span> <span class="minus">−${changed.removed.toLocaleString('en-US')}</span> lines</p>`;
  return html`<div class="account">
<svg class="bar" width="100%" height="8" role="img" aria-label="${edited} edited, ${review} for review, ${left} left alone"><rect class="none" width="100%" height="8"/>${bars}</svg>
<p class="sum"><span><b>${found.toLocaleString('en-US')}</b> ${found === 1 ? 'place' : 'places'} found</span>${parts.map(
    ({ name, words, value, href }, i) =>
      html`<span class="op">${i === 0 ? '=' : '+'}</span><a class="${name}" href="${href}"><b>${value.toLocaleString('en-US')}</b> ${words}</a>`,
  )}</p>
${size}</div>`;
}

const SHORT: Readonly<Record<RunStatus, string>> = {
  done: 'done',
  nochange: 'no change',
  kept: 'gate failed',
  failed: 'failed',
  'rolled-back': 'rolled back',
};

function phaseRow(phase: ReportPhase, i: number): Markup {
  const { account, changed } = phase;
  const numbers = [account.found, account.edited, account.review, account.left, changed.files];
  return html`<tr><td><a href="#p${i + 1}">${phase.name}</a></td><td><span class="dot ${phase.status}"></span><span class="nowrap">${phase.dryRun && phase.status === 'done' ? 'dry run' : SHORT[phase.status]}</span></td>${numbers.map((number) => html`<td class="n">${number.toLocaleString('en-US')}</td>`)}<td class="n"><span class="plus">+${changed.added}</span> <span class="minus">−${changed.removed}</span></td><td>${gateMarks(phase)}</td></tr>
`;
}

/** In the table's row: how each gate ended. */
function gateMarks(phase: ReportPhase): Content {
  return phase.gates.map(
    ({ gate, passed, milliseconds }) =>
      html`<span class="gate"><span class="dot ${passed ? 'done' : 'failed'}"></span><code>${gate}</code> <span class="quiet">${passed ? '' : 'failed, '}${duration(milliseconds)}</span></span> `,
  );
}

/** Below the table: what the gates printed; of those that failed it is open. */
function gateOutput(phase: ReportPhase): Content {
  return phase.gates
    .filter(({ output }) => output.trim() !== '')
    .map(({ gate, passed, output }) => {
      const head = html`<summary>What <code>${gate}</code> printed in ${phase.name}</summary>`;
      const body = html`${head}<pre>${output.trimEnd()}</pre></details>`;
      return html`<li>${passed ? html`<details>${body}` : html`<details open>${body}`}</li>`;
    });
}

/** What each foreign codemod did and said. */
function codemods(phase: ReportPhase): Content {
  return phase.codemods.map((account) => {
    const said = account.reports.map(({ file, text }) => html`<li><code>${file}</code> ${text}</li>`);
    return html`<p class="codemod"><code>${account.codemod}</code> <span class="quiet">in ${phase.name}:</span> ${codemodWords(account)}</p>${said.length > 0 && html`<ul class="said">${said}</ul>`}`;
  });
}

function undo(model: ReportModel): Markup {
  if (model.undo.length > 0) {
    return html`<h3>To undo</h3><p class="quiet">In <code>${model.target}</code>, in this order. Rollback refuses a file that somebody changed since, and names it.</p><pre>${model.undo.join('\n')}</pre>`;
  }
  if (model.dryRun)
    return html`<p class="quiet">This was a dry run: nothing was written, so there is nothing to undo.</p>`;
  return html`<p class="quiet">Nothing of this run stands in the target, so there is nothing to undo.</p>`;
}

function proofs(model: ReportModel): Markup {
  if (model.proofs.length === 0) return html``;
  const how = { symbol: 'resolves to it', override: 'overrides it', module: 'specifier leads to it' } as const;
  const row = ({ proof, places, files }: ReportModel['proofs'][number]) =>
    html`<tr><td class="n">${places.toLocaleString('en-US')}</td><td class="n">${files.toLocaleString('en-US')}</td><td><code class="name">${proof.name}</code></td><td>${place(proof.declaration)}</td><td class="quiet">${how[proof.how]}</td></tr>
`;
  return html`<section class="card" aria-labelledby="proofs"><h2 id="proofs">What the edits were proven against</h2>
<p class="quiet">Every edited place belongs to one of these declarations, and the type checker says so. Places that only look alike are under <a href="#left">left alone</a>.</p>
<div class="scroll"><table class="list"><thead><tr><th class="n">Places</th><th class="n">Files</th><th>Declaration</th><th>Declared at</th><th>How it is known</th></tr></thead><tbody>${model.proofs.map(row)}</tbody></table></div></section>`;
}
