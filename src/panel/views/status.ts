import { html, type TemplateResult } from 'lit';

/** What colours a status: its class, `none` where no response comes, `any` where it depends on the request. */
export type StatusTone = '2xx' | '3xx' | '4xx' | '5xx' | 'none' | 'any';

export function toneOf(status: number | null): StatusTone {
  if (status === null) return 'none';
  if (status < 300) return '2xx';
  if (status < 400) return '3xx';
  return status < 500 ? '4xx' : '5xx';
}

/** A status as a small label. The text says all that the colour does. */
export function statusLabel(text: string, tone: StatusTone): TemplateResult {
  return html`<span class="status" data-tone=${tone}>${text}</span>`;
}
