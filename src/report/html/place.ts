import { formatPlace, type Place } from '../../base/places.ts';
import { html, type Markup } from './markup.ts';

/** `src/core/router.ts:12:3`, the folders dimmed. */
export function place(at: Place): Markup {
  return html`<code class="at">${path(at.file)}<span class="pos">${formatPlace(at).slice(at.file.length)}</span></code>`;
}

/** A path whose folders are dimmed. */
export function path(file: string): Markup {
  const slash = file.lastIndexOf('/') + 1;
  return html`<span class="dir">${file.slice(0, slash)}</span>${file.slice(slash)}`;
}
