import { nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { counted } from '../../text/shown.ts';
import { hasWords, wordsOf } from '../../text/words.ts';
import type { CatalogueEntry, PanelState, ScenarioChoice } from '../source/panel-source.ts';
import { inputValue } from '../views/form-events.ts';
import { html } from '../views/html.ts';
import { createOperationPicker } from '../views/operation-picker.ts';
import { ALL, optionOf } from '../views/operation-search.ts';
import { type StatusTone, statusLabel, toneOf } from '../views/status.ts';
import type { Section, SectionHost } from './section.ts';

/** The list shows this many scenarios, and as many again on request. */
const MAX_SHOWN = 100;
/** More operations with a scenario of their own are only counted. */
const MAX_OVERRIDES = 20;

const GROUPS: readonly { readonly title: string; readonly tones: readonly StatusTone[] }[] = [
  { title: 'Computed', tones: ['any'] },
  { title: 'Success', tones: ['2xx', '3xx'] },
  { title: 'Client errors', tones: ['4xx'] },
  { title: 'Server errors', tones: ['5xx'] },
  { title: 'No response', tones: ['none'] },
];

/** Shows the selected scenario, and selects another one for all operations or for one. */
export function createScenarios(host: SectionHost): Section {
  let target = ALL;
  let filter = '';
  let times = '';
  let delay = '';
  let most = MAX_SHOWN;
  /** Whether the section has just been opened by a link. */
  let isJumping = false;
  /** The choice that was last scrolled into view. */
  let shown = '';

  const setTarget = (operation: string) => {
    target = operation;
    most = MAX_SHOWN;
    host.requestUpdate();
  };
  const picker = createOperationPicker(host, {
    id: 'applies-to',
    label: 'Applies to',
    hasAll: true,
    choose: setTarget,
  });

  const choose = (name: string) =>
    host.act(async (source) => {
      const choice: ScenarioChoice = {
        ...(target !== ALL && { operation: target }),
        ...(times !== '' && { times: Number(times) }),
        ...(delay !== '' && { delay: Number(delay) }),
      };
      await source.use(name, choice);
      const answers = choice.times === undefined ? '' : `, for ${counted(choice.times, 'answer')}`;
      return `Scenario ${name} is on for ${target === ALL ? 'all operations' : target}${answers}.`;
    });

  const takeBack = (operation: string) =>
    host.act(async (source) => {
      await source.takeBack(operation);
      return `${operation} answers like all operations again.`;
    });

  return {
    id: 'scenarios',
    title: 'Scenario',
    render: (state) => {
      const { catalogue, operations, selected } = state;
      if (!operations.some(({ id }) => id === target)) target = ALL;
      const chosen = target === ALL ? selected.default : (selected.operations[target] ?? selected.default);
      const words = wordsOf(filter);
      const offered = catalogue.filter(
        (entry) =>
          (target === ALL || entry.operations.includes(target)) &&
          hasWords(`${entry.name} ${entry.status ?? ''} ${entry.summary}`.toLowerCase(), words),
      );
      const shown = offered.slice(0, most);
      return html`
        <div class="fields">
          ${picker.render(operations, target)}
          ${overridesView(state, takeBack)}
          <label class="field">
            <span class="visually-hidden">Filter scenarios</span>
            <input type="search" placeholder="Filter by name, status or words" .value=${filter}
              @input=${(event: Event) => {
                filter = inputValue(event);
                most = MAX_SHOWN;
                host.requestUpdate();
              }}>
          </label>
        </div>
        <fieldset class="choices scroll">
          <legend class="visually-hidden">Scenario</legend>
          ${GROUPS.map(({ title, tones }) => {
            const entries = shown.filter((entry) => tones.includes(toneOfEntry(entry)));
            if (entries.length === 0) return nothing;
            return html`
              <div class="group" role="group" aria-label=${title}>
                <div class="group-title" aria-hidden="true">${title}</div>
                ${entries.map((entry) => choiceView(entry, entry.name === chosen, choose, operations.length))}
              </div>`;
          })}
          ${
            offered.length > most
              ? html`<button type="button" class="more-choices" @click=${() => {
                  most += MAX_SHOWN;
                  host.requestUpdate();
                }}>Show more: ${shown.length} of ${counted(offered.length, 'scenario')}</button>`
              : nothing
          }
          ${offered.length === 0 ? html`<p class="empty">No scenario matches “${filter}”.</p>` : nothing}
        </fieldset>
        <div class="footed" role="group" aria-labelledby="next-choice">
          <p id="next-choice">For the scenario you choose next</p>
          <label class="field">
            <span>Number of answers</span>
            <input type="number" min="1" placeholder="No limit" .value=${times}
              @input=${(event: Event) => {
                times = inputValue(event);
              }}>
          </label>
          <label class="field">
            <span>Delay of each, ms</span>
            <input type="number" min="0" placeholder="None" .value=${delay}
              @input=${(event: Event) => {
                delay = inputValue(event);
              }}>
          </label>
        </div>`;
    },
    showOperation: (id) => {
      setTarget(id);
      isJumping = true;
    },
    updated: () => {
      picker.updated();
      // The link that was clicked may be in a section that is hidden now.
      if (isJumping)
        host.renderRoot.querySelector<HTMLElement>('#scenarios select, #scenarios input')?.focus();
      isJumping = false;
      const list = host.renderRoot.querySelector('.choices');
      const radio = list?.querySelector<HTMLInputElement>(':checked');
      if (!list || !radio || list.clientHeight === 0 || radio.value === shown) return;
      shown = radio.value;
      scrollIntoView(list, radio);
    },
  };
}

/** Like Element.scrollIntoView, but scrolls nothing around the list. */
function scrollIntoView(list: Element, radio: Element): void {
  const [outer, inner] = [list.getBoundingClientRect(), radio.getBoundingClientRect()];
  const isVisible = inner.top >= outer.top && inner.bottom <= outer.bottom;
  if (!isVisible) list.scrollTop += inner.top - outer.top - outer.height / 2;
}

/** Listens to clicks, not changes: choosing a chosen scenario again renews its number of answers. Keys click too. */
function choiceView(
  { name, status, summary, synthetic, operations }: CatalogueEntry,
  isChosen: boolean,
  choose: (name: string) => void,
  all: number,
): TemplateResult {
  const tone = toneOfEntry({ name, status });
  return html`
    <label class="choice">
      <input type="radio" name="scenario" value=${name} .checked=${live(isChosen)} @click=${() => choose(name)}>
      <span class="choice-text">
        <span class="choice-heading">
          <span class="choice-name">${name}</span>
          ${operations.length < all ? html`<span class="tag">${operations.length} of ${all} operations</span>` : nothing}
          ${synthetic ? html`<span class="tag" title="The live API cannot give this answer here">synthetic</span>` : nothing}
        </span>
        <span class="choice-summary">${summary.replace(/\.$/, '')}</span>
      </span>
      ${tone === 'any' || tone === 'none' ? nothing : statusLabel(String(status), tone)}
    </label>`;
}

/** Lists the operations that have a scenario of their own, each with a button that takes it back. */
function overridesView(
  { selected, operations }: PanelState,
  takeBack: (operation: string) => void,
): TemplateResult | typeof nothing {
  const own = Object.entries(selected.operations);
  if (own.length === 0) return nothing;
  return html`
    <ul class="overrides" aria-label="Operations with a scenario of their own">
      ${own.slice(0, MAX_OVERRIDES).map(([id, name]) => {
        const { label = id } = optionOf(operations, id) ?? {};
        return html`
          <li>
            <span><span class="mono">${label}</span> <b class="mono">${name}</b></span>
            <button type="button" class="icon" title="Answer like all operations" aria-label="Take back the scenario of ${label}"
              @click=${() => takeBack(id)}>✕</button>
          </li>`;
      })}
      ${own.length > MAX_OVERRIDES ? html`<li>and ${own.length - MAX_OVERRIDES} more</li>` : nothing}
    </ul>`;
}

/** Without a status, the response of `ok` depends on the request; other scenarios send none. */
function toneOfEntry({ name, status }: Pick<CatalogueEntry, 'name' | 'status'>): StatusTone {
  return name === 'ok' ? 'any' : toneOf(status);
}
