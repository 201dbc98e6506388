import { nothing, type TemplateResult } from 'lit';
import { messageOf } from '../../text/message-of.ts';
import { counted, shownFew } from '../../text/shown.ts';
import { hasWords, wordsOf } from '../../text/words.ts';
import type { Coverage, PanelState } from '../source/panel-source.ts';
import { inputValue } from '../views/form-events.ts';
import { html } from '../views/html.ts';
import type { Section, SectionHost } from './section.ts';

/** The minimum time between two reads, in milliseconds: of a large contract, coverage has megabytes. */
const MIN_GAP_MS = 1_000;
/** The list shows this many operations, and as many again on request. */
const MAX_SHOWN = 50;
/** More dead scenarios are only counted. */
const MAX_DEAD_NAMES = 8;

type OperationCoverage = Coverage['operations'][number];

/** Shows how much of the contract was used. It is read only while it is open, and again when requests have come. */
export function createCoverage(host: SectionHost): Section {
  let coverage: Coverage | null = null;
  let failure = '';
  let isOpen = false;
  let filter = '';
  let most = MAX_SHOWN;
  /** The state for which it was read, or will be. */
  let readFor: PanelState | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let isWaiting = false;

  const read = async () => {
    isWaiting = false;
    readAt = performance.now();
    try {
      coverage = await host.source.coverage();
      failure = '';
    } catch (cause) {
      failure = messageOf(cause);
    }
    host.requestUpdate();
  };
  const follow = (state: PanelState) => {
    if (!isOpen || state === readFor) return;
    readFor = state;
    if (!isWaiting) setTimeout(read, Math.max(0, readAt + MIN_GAP_MS - performance.now()));
    isWaiting = true;
  };
  const toggle = ({ currentTarget }: Event) => {
    isOpen = currentTarget instanceof HTMLDetailsElement && currentTarget.open;
    readFor = null;
    host.requestUpdate();
  };
  const filterBy = (event: Event) => {
    filter = inputValue(event);
    most = MAX_SHOWN;
    host.requestUpdate();
  };
  const showMore = () => {
    most += MAX_SHOWN;
    host.requestUpdate();
  };

  const operationsView = ({ operations }: Coverage): TemplateResult => {
    const words = wordsOf(filter);
    const found = operations.filter(({ id, method, path }) =>
      hasWords(`${id} ${method} ${path}`.toLowerCase(), words),
    );
    return html`
      <label class="field">
        <span class="visually-hidden">Filter operations</span>
        <input type="search" placeholder="Filter operations" .value=${filter} @input=${filterBy}>
      </label>
      <ul class="cards" aria-label="Coverage of operations">${found.slice(0, most).map(operationView)}</ul>
      ${
        found.length > most
          ? html`<button type="button" @click=${showMore}>Show more: ${most} of ${counted(found.length, 'operation')}</button>`
          : nothing
      }
      ${found.length === 0 ? html`<p class="empty">No operation matches “${filter}”.</p>` : nothing}`;
  };

  return {
    id: 'coverage',
    title: 'Coverage',
    render: (state) => {
      follow(state);
      return html`
        <details class="coverage" @toggle=${toggle}>
          <summary>${coverage ? totalsOf(coverage) : 'What was used of the contract'}</summary>
          ${failure === '' ? nothing : html`<p class="callout">${failure}</p>`}
          ${coverage && isOpen ? operationsView(coverage) : nothing}
        </details>`;
    },
  };
}

function totalsOf({ totals: { operations, statuses, scenarios } }: Coverage): string {
  return [
    `${operations.covered} of ${counted(operations.total, 'operation')}`,
    `${scenarios.covered} of ${counted(scenarios.total, 'scenario')}`,
    `${statuses.covered} of ${statuses.total} statuses`,
  ].join(', ');
}

function operationView({ id, count, scenarios, statuses, undocumented }: OperationCoverage): TemplateResult {
  const dead = scenarios.filter((scenario) => scenario.count === 0).map(({ name }) => name);
  const covered = scenarios.length - dead.length;
  const answered = [...statuses, ...undocumented].filter((status) => status.count > 0);
  return html`
    <li class="card" data-operation=${id}>
      <div class="card-heading"><b class="mono">${id}</b> <span>${count}</span></div>
      <meter max=${scenarios.length} value=${covered} aria-label="Scenarios of ${id} that were used"></meter>
      <span class="hint">
        ${covered} of ${counted(scenarios.length, 'scenario')}${
          answered.length > 0
            ? `; ${answered.map((status) => `${status.status} (${status.count})`).join(', ')}`
            : nothing
        }
      </span>
      ${count > 0 && dead.length > 0 ? html`<span class="hint">Dead: ${shownFew(dead, MAX_DEAD_NAMES)}</span>` : nothing}
    </li>`;
}
