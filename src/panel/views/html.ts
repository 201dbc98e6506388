import { html as litHtml, type TemplateResult } from 'lit';
import { withJsonEscapes } from '../../text/printable.ts';

/**
 * Lit's `html` for a panel that shows what others sent: text cannot turn the text around it, and what has no form of its
 * own becomes visible. Attributes and properties keep their values, which may be names to send back.
 */
export function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult {
  return litHtml(strings, ...values.map((value, index) => visible(value, strings[index])));
}

function visible(value: unknown, before = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => visible(item));
  return typeof value === 'string' && !/="?$/.test(before) ? withJsonEscapes(value) : value;
}
