import { html } from 'lit';
import type { PanelKey, PanelOperation } from '../source/panel-source.ts';
import { inputValue, onSubmit } from '../views/form-events.ts';
import { operationLabels, requestPath } from '../views/operation-label.ts';
import type { Section, SectionHost } from './section.ts';

/** The option for a request without a key. */
const NO_KEY = '';

/** Sends a request to an operation, with a key of the fixtures or without one. */
export function createSend(host: SectionHost): Section {
  let operationId: string | null = null;
  /** The path as edited by the user; `null` for the operation's own. */
  let typedPath: string | null = null;
  let key: string | null = null;

  const send = ({ method }: PanelOperation, path: string, value: string) =>
    host.act(async (source) => {
      const status = await source.send({ method, path, key: value === NO_KEY ? null : value });
      return `${method} ${path} was answered with ${status}.`;
    });

  return {
    id: 'send',
    title: 'Send a request',
    shortTitle: 'Send',
    render: ({ operations, keys }) => {
      const operation = operations.find(({ id }) => id === operationId) ?? operations[0];
      if (!operation) return html`<p class="empty">The contract has no operations.</p>`;
      const path = typedPath ?? requestPath(operation);
      const value = key ?? keys[0]?.value ?? NO_KEY;
      return html`
        <form class="fields sending" @submit=${onSubmit(() => send(operation, path, value))}>
          <label class="field">
            <span>Operation</span>
            <select @change=${(event: Event) => {
              operationId = inputValue(event);
              typedPath = null;
              host.requestUpdate();
            }}>
              ${[...operationLabels(operations)].map(
                ([id, label]) => html`<option value=${id} ?selected=${id === operation.id}>${label}</option>`,
              )}
            </select>
          </label>
          <label class="field">
            <span>Path and query</span>
            <input class="mono" spellcheck="false" autocomplete="off" required .value=${path}
              @input=${(event: Event) => {
                typedPath = inputValue(event);
                host.requestUpdate();
              }}>
          </label>
          <label class="field key">
            <span>Key</span>
            <select @change=${(event: Event) => {
              key = inputValue(event);
              host.requestUpdate();
            }}>
              ${keys.map(
                (offered) =>
                  html`<option value=${offered.value} ?selected=${offered.value === value}>${keyText(offered)}</option>`,
              )}
              <option value=${NO_KEY} ?selected=${value === NO_KEY}>No key</option>
            </select>
          </label>
          <button type="submit" class="primary" aria-label="Send request">Send</button>
        </form>`;
    },
  };
}

function keyText({ value, scopes, user }: PanelKey): string {
  return `${value} (${[user, ...scopes].join(', ')})`;
}
