import type { formatPlace } from '../../base/places.ts';
import type { Proven, ReportEdit, ReportFile, ReportModel, ReportPhase } from '../model.ts';
import { count, oneLine } from '../words.ts';
import { diffTable } from './diff.ts';
import { html, type Markup } from './markup.ts';
import { path, place } from './place.ts';

/** Up to so many files start open; with more, the reader opens what is of interest. */
const OPEN_AT_FIRST = 8;
const LONGEST = 160;
const KINDS = { create: 'created', modify: 'modified', delete: 'deleted' } as const;

/** A file's id in the page; both numbers are from 0. */
function fileId(phase: number, file: number): string {
  return `f${phase + 1}.${file + 1}`;
}

/** The changes of every phase, a folding card a file. */
export function changes(model: ReportModel): Markup {
  const total = model.phases.reduce((sum, phase) => sum + phase.files.length, 0);
  const files = (phase: ReportPhase, p: number) =>
    phase.files.map((file, f) => fileCard(file, fileId(p, f), total <= OPEN_AT_FIRST && file.kind !== 'delete'));
  const none = (phase: ReportPhase) => phase.files.length === 0 && html`<p class="quiet">No file changed.</p>`;
  return html`<section class="part edited" id="changes"><h2>Changes</h2>
${model.phases.map(
  (
    phase,
    p,
  ) => html`<section class="phase"><h3 id="p${p + 1}">${phase.name} <span class="quiet">${count(phase.files.length, 'file')}</span></h3>
${none(phase)}${files(phase, p)}</section>
`,
)}</section>`;
}

function fileCard(file: ReportFile, id: string, open: boolean): Markup {
  const proofId = (edit: number) => `e${id.slice(1)}.${edit}`;
  const places = file.edits.reduce((sum, edit) => sum + edit.proven.length, file.carried.length);
  const tags = [
    file.kind !== 'modify' && html`<span class="tag ${file.kind}">${KINDS[file.kind]}</span>`,
    places > 0 && html`<span class="tag edited">${places} edited</span>`,
    file.review > 0 && html`<span class="tag review">${file.review} for review</span>`,
  ];
  const body = html`${file.hunks.length > 0 ? diffTable(file, proofId) : html`<p class="quiet inset">${file.kind === 'modify' ? 'No line differs.' : 'The file is empty.'}</p>`}
${proofList(file, proofId)}`;
  const head = html`<summary><span class="path">${path(file.file)}</span><span class="tags">${tags}<span class="step">${file.step}</span><span class="count"><span class="plus">+${file.added}</span> <span class="minus">−${file.removed}</span></span></span></summary>`;
  return open
    ? html`<details class="file" id="${id}" data-file="${file.file}" open>${head}${body}</details>
`
    : html`<details class="file" id="${id}" data-file="${file.file}">${head}${body}</details>
`;
}

function proofList(file: ReportFile, proofId: (edit: number) => string): Markup {
  if (file.edits.length === 0 && file.carried.length === 0) {
    return html`<p class="quiet inset">Written as a whole by <code>${file.step}</code>.</p>`;
  }
  const total = file.edits.length + file.carried.length;
  return html`<details class="proofs"><summary>${count(total, 'edit')}, and how ${total === 1 ? 'it' : 'each'} is known</summary><ol>
${file.edits.map(
  (edit) => html`<li id="${proofId(edit.number)}">${oneEdit(edit, proofId)}</li>
`,
)}${file.carried.map(
  (
    proven,
  ) => html`<li><p class="chg"><span class="pos">${proven.place.line}:${proven.place.column}</span> <code class="was">${oneLine(proven.text, LONGEST)}</code></p>${why(proven)}</li>
`,
)}</ol></details>`;
}

function oneEdit(edit: ReportEdit, proofId: (edit: number) => string): Markup {
  const { at, now } = edit;
  const where =
    at.line === now.line && at.column === now.column
      ? `${at.line}:${at.column}`
      : `${at.line}:${at.column}, now ${now.line}:${now.column}`;
  const before =
    edit.before === ''
      ? html`<span class="quiet">inserted</span>`
      : html`<code class="was">${oneLine(edit.before, LONGEST) || '⏎'}</code>`;
  const after =
    edit.after === ''
      ? html`<span class="quiet">removed</span>`
      : html`<code class="now">${oneLine(edit.after, LONGEST) || '⏎'}</code>`;
  return html`<p class="chg"><span class="pos">${where}</span> ${before} → ${after}</p>${edit.proven.length > 0 ? edit.proven.map(why) : supporting(edit, proofId)}`;
}

function why({ text, proof }: Proven): Markup {
  if (proof.how === 'module') {
    return html`<p class="why"><b class="how">module</b> <code>${oneLine(text, LONGEST)}</code> resolves to <code class="name">${proof.name}</code></p>`;
  }
  const words = proof.how === 'override' ? 'overrides' : 'is';
  return html`<p class="why"><b class="how">${proof.how}</b> <code>${oneLine(text, LONGEST)}</code> ${words} <code class="name">${proof.name}</code>, declared at ${place(proof.declaration)}</p>`;
}

function supporting({ supports }: ReportEdit, proofId: (edit: number) => string): Markup {
  if (supports.length === 0)
    return html`<p class="why"><b class="how">support</b> goes with the other edits of this file</p>`;
  const first = supports.slice(0, 8);
  const more = supports.length - first.length;
  return html`<p class="why"><b class="how">support</b> goes with ${first.map((edit, i) => html`${i > 0 && ', '}<a href="#${proofId(edit)}">edit ${edit}</a>`)}${more > 0 && ` and ${more} more`}</p>`;
}

/** The list of files beside the page; the same files as links. */
export function fileList(model: ReportModel): Markup {
  const link = (file: ReportFile, id: string) =>
    html`<li data-file="${file.file}"><a href="#${id}" title="${file.file}"><span class="kind ${file.kind}">${{ create: 'A', modify: 'M', delete: 'D' }[file.kind]}</span><span class="path">${nameFirst(file.file)}</span>${file.review > 0 && html`<span class="dot review" title="${file.review} for review"></span>`}</a></li>
`;
  return html`<nav class="files" aria-label="Changed files">${model.phases.map(
    (phase, p) =>
      phase.files.length > 0 &&
      html`<h3>${phase.name} <span class="quiet">${phase.files.length}</span></h3><ul>${phase.files.map((file, f) => link(file, fileId(p, f)))}</ul>`,
  )}</nav>`;
}

/** In a narrow list the name matters most, so it comes before its folders. */
function nameFirst(file: string): Markup {
  const slash = file.lastIndexOf('/') + 1;
  return html`${file.slice(slash)} <span class="dir">${file.slice(0, slash - 1)}</span>`;
}

/** The declarations that a reason speaks of. */
export function declarationList(declarations: readonly Parameters<typeof formatPlace>[0][]): Markup {
  return html`${declarations.map((declaration, i) => html`${i > 0 && ', '}${place(declaration)}`)}`;
}
