import type { TemplateResult } from 'lit';
import { html } from './html.ts';
import { linked } from './link.ts';

/** A string, with the colon after it if it is a key; a number; a literal; anything else. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b|([^"\d\-tfn]+|.)/g;

/** Renders a body. JSON is indented and coloured. */
export function bodyView(body: string): TemplateResult {
  const pretty = indent(body);
  if (pretty === null) return html`<code>${linked(body)}</code>`;
  return html`<code>${[...pretty.matchAll(TOKEN)].map(tokenView)}</code>`;
}

function tokenView([text, string, colon, number, literal]: RegExpMatchArray): TemplateResult | string {
  if (string !== undefined && colon !== undefined) {
    return html`<span class="json-key">${string}</span>${colon}`;
  }
  if (string !== undefined) return html`<span class="json-string">${linked(string)}</span>`;
  if (number !== undefined) return html`<span class="json-number">${number}</span>`;
  if (literal !== undefined) return html`<span class="json-literal">${literal}</span>`;
  return text;
}

function indent(body: string): string | null {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return null;
  }
}
