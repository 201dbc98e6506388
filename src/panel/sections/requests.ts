import { nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { JournalEntry } from '../source/panel-source.ts';
import { html } from '../views/html.ts';
import { splitPath } from '../views/operation-label.ts';
import { statusLabel, statusText, toneOf } from '../views/status.ts';
import { createRequestDetail } from './request-detail.ts';
import type { Section, SectionHost } from './section.ts';

/** The live list of requests, newest first. A click on one shows its details. */
export function createRequests(host: SectionHost): Section {
  const opened = new Set<string>();
  const detail = createRequestDetail(host);
  let unmatchedOnly = false;

  const toggle = (key: string) => {
    if (!opened.delete(key)) opened.add(key);
    host.requestUpdate();
  };

  return {
    id: 'requests',
    title: 'Requests',
    count: ({ entries }) => entries.length,
    renderActions: ({ entries }) => html`
      <label class="check">
        <input type="checkbox" .checked=${unmatchedOnly} @change=${() => {
          unmatchedOnly = !unmatchedOnly;
          host.requestUpdate();
        }}>
        Unmatched only
      </label>
      <button type="button" ?disabled=${entries.length === 0}
        @click=${() =>
          host.act(async (source) => {
            await source.clearRequests();
            opened.clear();
            return 'The list of requests has been cleared.';
          })}>Clear</button>`,
    render: ({ entries }) => {
      const shown = entries.filter(({ operation }) => !unmatchedOnly || operation === null).toReversed();
      if (shown.length === 0) {
        const text = unmatchedOnly
          ? 'All requests matched an operation.'
          : 'No requests yet. They appear here as they arrive.';
        return html`<div class="scroll entries"><p class="empty">${text}</p></div>`;
      }
      return html`
        <ol class="entries scroll" aria-label="Requests, newest first">
          ${repeat(shown, keyOf, (entry) => {
            const key = keyOf(entry);
            const isOpen = opened.has(key);
            return html`
              <li class="entry" data-key=${key}>
                ${summaryView(entry, isOpen, () => toggle(key))}
                ${isOpen ? detail(entry) : nothing}
              </li>`;
          })}
        </ol>`;
    },
  };
}

/** Every session numbers its own requests. */
function keyOf({ session, number }: JournalEntry): string {
  return `${session ?? ''}#${number}`;
}

function summaryView(entry: JournalEntry, isOpen: boolean, toggle: () => void): TemplateResult {
  const { request, status, scenario, operation, time } = entry;
  const [common, own] = splitPath(request.path);
  const query = request.query === '' ? '' : `?${request.query}`;
  return html`
    <button type="button" class="entry-summary" aria-expanded=${isOpen} @click=${toggle}>
      ${statusLabel(statusText(entry), toneOf(status))}
      <span class="entry-what">
        <span class="method">${request.method}</span>
        <span class="path"><span class="path-common">${common}</span><span class="path-own">${own}${query}</span></span>
      </span>
      <span class="entry-more">
        <span class="entry-scenario">${operation === null ? 'unmatched' : scenario}</span>
        <span class="entry-time">
          <time datetime=${time}>${time.slice(11, 19)}</time>
        </span>
      </span>
    </button>`;
}
