import type { TemplateResult } from 'lit';
import type { JournalEntry } from '../source/panel-source.ts';
import { html } from './html.ts';

/** The colour of a status: its class, `none` when no response is sent, `any` when it depends on the request. */
export type StatusTone = '2xx' | '3xx' | '4xx' | '5xx' | 'none' | 'any';

/** The tone of a status; `null` means that no response is sent. */
export function toneOf(status: number | null): StatusTone {
  if (status === null) return 'none';
  if (status < 300) return '2xx';
  if (status < 400) return '3xx';
  return status < 500 ? '4xx' : '5xx';
}

/** Whether the request went to the network. Those that reach the mock get an answer, also where no operation matches. */
export function isPassedOn({ operation, status }: JournalEntry): boolean {
  return operation === null && status === null;
}

/** The status of an answer, or what came instead. */
export function statusText(entry: JournalEntry): string {
  if (entry.status !== null) return String(entry.status);
  if (isPassedOn(entry)) return 'network';
  return entry.durationMs === null ? 'silent' : 'broken';
}

/** A status as a small label. The colour only repeats what the text says. */
export function statusLabel(text: string, tone: StatusTone): TemplateResult {
  return html`<span class="status" data-tone=${tone}>${text}</span>`;
}
