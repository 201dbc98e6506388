import { nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { counted } from '../../text/shown.ts';
import type { SectionHost } from '../sections/section.ts';
import type { PanelOperation } from '../source/panel-source.ts';
import { inputValue } from './form-events.ts';
import { html } from './html.ts';
import { ALL, type OperationOption, optionOf, searchOperations } from './operation-search.ts';

/** A field to choose an operation. */
export interface OperationField {
  render(operations: readonly PanelOperation[], chosen: string): TemplateResult;
  /** Called after each render, when its result is in the page. */
  updated(): void;
}

export interface OperationFieldOptions {
  /** Of its elements; unique in the panel. */
  readonly id: string;
  readonly label: string;
  /** Whether all operations can be chosen, too. */
  readonly hasAll: boolean;
  readonly choose: (id: string) => void;
}

/** The list shows this many operations, and as many again on request. */
const MAX_SHOWN = 50;

/** What the user has typed into an open list, and where in it the keys are. */
interface Search {
  readonly query: string;
  readonly active: number;
  /** The number of options that are shown. */
  readonly most: number;
}

const STARTED: Search = { query: '', active: 0, most: MAX_SHOWN };

/** Creates a field that shows the chosen operation, and below it, while it is used, a list to filter by typing. */
export function createOperationCombobox(host: SectionHost, options: OperationFieldOptions): OperationField {
  const { id, label, hasAll, choose } = options;
  /** `null` while the list is closed. */
  let search: Search | null = null;
  /** The option that was last scrolled into view. */
  let reached: Search | null = null;

  const change = (next: Search | null) => {
    search = next;
    host.requestUpdate();
  };
  const pick = (option: OperationOption) => {
    change(null);
    choose(option.id);
  };
  const onKey = (event: KeyboardEvent, operations: readonly PanelOperation[]) => {
    const next = search && keyIn(search, event.key, searchOperations(operations, search.query, hasAll));
    if (next) {
      if ('option' in next) pick(next.option);
      else change(next.search);
    } else if (!search && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) change(STARTED);
    else return;
    event.preventDefault();
    // Escape would close a docked panel.
    event.stopPropagation();
  };
  const onLeave = ({ currentTarget, relatedTarget }: FocusEvent) => {
    const stays = currentTarget instanceof Node && relatedTarget instanceof Node;
    if (search && !(stays && currentTarget.contains(relatedTarget))) change(null);
  };

  const listView = (open: Search, operations: readonly PanelOperation[], chosen: string) => {
    const found = searchOperations(operations, open.query, hasAll);
    const count = found.length - (found[0]?.id === ALL ? 1 : 0);
    return html`
      <ul class="options" role="listbox" id="${id}-list" aria-label="Operations">
        ${found.slice(0, open.most).map(
          (option, index) => html`
            <li role="option" id="${id}-${index}" class="option" aria-selected=${option.id === chosen}
              ?data-active=${index === open.active} @mousedown=${keepFocus} @click=${() => pick(option)}>
              <span class="mono">${option.label}</span>
              ${option.id === ALL ? nothing : html`<span class="option-more"><span>${option.summary}</span> <span class="mono">${option.id}</span></span>`}
            </li>`,
        )}
      </ul>
      <div class="options-foot">
        <span aria-live="polite">${count} of ${counted(operations.length, 'operation')}</span>
        ${
          found.length > open.most
            ? html`<button type="button" @mousedown=${keepFocus}
                @click=${() => change({ ...open, most: open.most + MAX_SHOWN })}>Show more</button>`
            : nothing
        }
      </div>`;
  };

  return {
    render: (operations, chosen): TemplateResult => html`
      <div class="picker" @focusout=${onLeave}>
        <label class="field">
          <span>${label}</span>
          <input type="text" role="combobox" autocomplete="off" spellcheck="false"
            placeholder="Filter by id, path, words or tag" aria-autocomplete="list"
            aria-expanded=${search !== null} aria-controls=${search ? `${id}-list` : nothing}
            aria-activedescendant=${search ? `${id}-${search.active}` : nothing}
            .value=${live(search?.query ?? optionOf(operations, chosen)?.label ?? '')}
            @focus=${selectText} @click=${() => search ?? change(STARTED)}
            @input=${(event: Event) => change({ ...STARTED, query: inputValue(event) })}
            @keydown=${(event: KeyboardEvent) => onKey(event, operations)}>
        </label>
        ${search ? listView(search, operations, chosen) : nothing}
      </div>`,
    updated: () => {
      if (search === reached) return;
      reached = search;
      const option = search && host.renderRoot.querySelector(`#${id}-${search.active}`);
      if (option?.parentElement) scrollTo(option.parentElement, option);
    },
  };
}

type KeyResult = { readonly option: OperationOption } | { readonly search: Search | null };

/** What a key does in an open list; `null`: nothing of its own. */
function keyIn(search: Search, key: string, found: readonly OperationOption[]): KeyResult | null {
  const moved = (by: number): KeyResult => {
    const active = Math.max(0, Math.min(search.active + by, found.length - 1));
    return { search: { ...search, active, most: Math.max(search.most, active + 1) } };
  };
  if (key === 'ArrowDown') return moved(1);
  if (key === 'ArrowUp') return moved(-1);
  if (key === 'Escape') return { search: null };
  if (key !== 'Enter') return null;
  const option = found[search.active];
  return option ? { option } : { search };
}

/** Typing replaces the label of the chosen operation. */
function selectText({ target }: Event): void {
  if (target instanceof HTMLInputElement) target.select();
}

/** A click must not take the focus from the field, as the list would close before the click arrives. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

/** Scrolls as little as possible, and nothing around the list. */
function scrollTo(list: Element, option: Element): void {
  const [outer, inner] = [list.getBoundingClientRect(), option.getBoundingClientRect()];
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top;
  else if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom;
}
