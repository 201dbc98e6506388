import type { TemplateResult } from 'lit';
import { html } from './html.ts';

/** A mark at the end belongs to the sentence. */
const URLS = /(https?:\/\/[^\s"'<>\\]*[^\s"'<>\\.,;:!?)])/;

/** A link that leaves the panel where it is. */
export function link(url: string, text: string): TemplateResult {
  return html`<a href=${url} target="_blank" rel="noreferrer">${text}</a>`;
}

/** Text with its web addresses as links. */
export function linked(text: string): readonly (string | TemplateResult)[] {
  // A split by a group has what the group matched at every second place.
  return text.split(URLS).map((part, index) => (index % 2 === 1 ? link(part, part) : part));
}
