import type { PanelKey, PanelOperation, PanelState } from '../source/panel-source.ts';
import { inputValue, onSubmit } from '../views/form-events.ts';
import { html } from '../views/html.ts';
import { requestPath } from '../views/operation-label.ts';
import { createOperationPicker } from '../views/operation-picker.ts';
import type { Section, SectionHost } from './section.ts';

/** The option for a request without a key. */
const NO_KEY = '';

/** What the form has. */
interface Chosen {
  readonly operation: PanelOperation;
  readonly path: string;
  readonly value: string;
}

/** Sends a request to an operation, with a key of the fixtures or without one. */
export function createSend(host: SectionHost): Section {
  let operationId: string | null = null;
  /** The path as edited by the user; `null` for the operation's own. */
  let typedPath: string | null = null;
  let key: string | null = null;
  const picker = createOperationPicker(host, {
    id: 'sent-operation',
    label: 'Operation',
    hasAll: false,
    choose: (id) => {
      operationId = id;
      typedPath = null;
      host.requestUpdate();
    },
  });

  /** Asked for again when it is sent: rendering lags behind typing. */
  const chosen = ({ operations, keys }: Pick<PanelState, 'operations' | 'keys'>): Chosen | null => {
    const [shortest] = operations.toSorted((a, b) => a.path.length - b.path.length);
    const operation = operations.find(({ id }) => id === operationId) ?? shortest;
    if (!operation) return null;
    return {
      operation,
      path: typedPath ?? requestPath(operation),
      value: key ?? keys[0]?.value ?? NO_KEY,
    };
  };
  const send = ({ operation: { method }, path, value }: Chosen) =>
    host.act(async (source) => {
      const status = await source.send({ method, path, key: value === NO_KEY ? null : value });
      return `${method} ${path} was answered with ${status}.`;
    });

  return {
    id: 'send',
    title: 'Send a request',
    shortTitle: 'Send',
    render: (state) => {
      const now = chosen(state);
      if (!now) return html`<p class="empty">The contract has no operations.</p>`;
      const { operations, keys } = state;
      const { operation, path, value } = now;
      const owned = keys.find((offered) => offered.value === value);
      return html`
        <form class="fields sending" @submit=${onSubmit(() => send(chosen(state) ?? now))}>
          ${picker.render(operations, operation.id)}
          <label class="field">
            <span>Key</span>
            <select @change=${(event: Event) => {
              key = inputValue(event);
              host.requestUpdate();
            }}>
              ${keys.map(
                (offered) =>
                  html`<option value=${offered.value} ?selected=${offered.value === value}>${offered.value}</option>`,
              )}
              <option value=${NO_KEY} ?selected=${value === NO_KEY}>No key</option>
            </select>
          </label>
          <label class="field">
            <span>Path and query</span>
            <textarea class="mono" rows="2" spellcheck="false" autocomplete="off" required .value=${path}
              @keydown=${submitOnEnter} @input=${(event: Event) => {
                typedPath = inputValue(event).replaceAll('\n', '');
                host.requestUpdate();
              }}></textarea>
          </label>
          <p class="hint">${owned ? ownerText(owned) : 'No Authorization header is sent'}</p>
          <button type="submit" class="primary" aria-label="Send request">Send</button>
        </form>`;
    },
    updated: picker.updated,
  };
}

function ownerText({ user, scopes }: PanelKey): string {
  return `${user}: ${scopes.join(', ') || 'no scope'}`;
}

/** A path has no line breaks; the field has several lines only to show a long one. */
function submitOnEnter(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  event.target.form?.requestSubmit();
}
