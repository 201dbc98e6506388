import { html, type TemplateResult } from 'lit';

/** A string with the colon behind it that makes it a key; a number; a literal; anything in between. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b|([^"\d\-tfn]+|.)/g;

/** A body, indented and coloured when it is JSON, else as it is. */
export function bodyView(body: string): TemplateResult {
  const pretty = indented(body);
  if (pretty === null) return html`<code>${body}</code>`;
  return html`<code>${[...pretty.matchAll(TOKEN)].map(tokenView)}</code>`;
}

function tokenView([text, string, colon, number, literal]: RegExpMatchArray): TemplateResult | string {
  if (string !== undefined && colon !== undefined) {
    return html`<span class="json-key">${string}</span>${colon}`;
  }
  if (string !== undefined) return html`<span class="json-string">${string}</span>`;
  if (number !== undefined) return html`<span class="json-number">${number}</span>`;
  if (literal !== undefined) return html`<span class="json-literal">${literal}</span>`;
  return text;
}

function indented(body: string): string | null {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return null;
  }
}
