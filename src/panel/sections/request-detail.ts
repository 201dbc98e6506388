import { nothing, type TemplateResult } from 'lit';
import type { JournalEntry } from '../source/panel-source.ts';
import { copyText } from '../views/copy.ts';
import { html } from '../views/html.ts';
import { bodyView } from '../views/json-view.ts';
import { link, linked } from '../views/link.ts';
import { isPassedOn } from '../views/status.ts';
import type { SectionHost } from './section.ts';

const CUT_PARTS: Readonly<Record<JournalEntry['cut'][number], string>> = {
  path: 'the path',
  query: 'the query',
  headers: 'the request headers',
  body: 'the request body',
  response: 'the response body',
};

/** Renders a request and its response in full. */
export function createRequestDetail(host: SectionHost): (entry: JournalEntry) => TemplateResult {
  /** The command that was copied last. */
  let copied: string | null = null;
  /** The command that the user has to copy by hand. */
  let byHand: string | null = null;

  const copy = async (command: string) => {
    const isCopied = await copyText(command, host.renderRoot);
    copied = isCopied ? command : null;
    byHand = isCopied ? null : command;
    host.say(
      isCopied ? 'Copied as curl.' : 'This page may not use the clipboard: copy the command yourself.',
    );
    host.requestUpdate();
  };

  return (entry) => {
    const {
      request,
      response,
      hint,
      findings,
      violations,
      withheld,
      source,
      scenario,
      operation,
      curl,
      cut,
      durationMs,
    } = entry;
    const target = request.query === '' ? request.path : `${request.path}?${request.query}`;
    const url = request.method === 'GET' ? host.source.urlOf(target) : null;
    return html`
      <div class="detail">
        ${hint ? html`<p class="callout">${linked(hint)}</p>` : nothing}
        ${brokenView('The request breaks the contract', findings)}
        ${brokenView('The answer breaks the contract', violations)}
        <p class="mono target">${request.method} ${url === null ? target : link(url, target)}</p>
        <div class="detail-heading">
          <dl class="facts">
            ${operationView(operation, () => operation !== null && host.showOperation(operation))} ${factView('Scenario', scenario)} ${factView('Source', source)}
            ${factView('Took', durationMs === null ? null : formatDuration(durationMs))}
          </dl>
          <button type="button" @click=${() => copy(curl)}>${copied === curl ? 'Copied' : 'Copy as curl'}</button>
        </div>
        ${byHand === curl ? commandView(curl) : nothing}
        ${cut.length > 0 ? html`<p class="hint">Too long to be kept whole: ${cut.map((part) => CUT_PARTS[part]).join(', ')}.</p>` : nothing}
        ${
          response === null
            ? html`<p class="hint">${explainSilence(entry)}</p>`
            : html`${bodyBlock('Response body', response.body)} ${headersView('Response headers', response.headers)}`
        }
        ${withheld ? html`${bodyBlock(`Not sent, status ${withheld.status}`, withheld.body)} ${headersView('Headers not sent', withheld.headers)}` : nothing}
        ${request.body === null ? nothing : bodyBlock('Request body', request.body)}
        ${headersView('Request headers', request.headers)}
      </div>`;
  };
}

function explainSilence(entry: JournalEntry): string {
  if (isPassedOn(entry)) return 'The mock left this request to the network.';
  return entry.durationMs === null
    ? 'No answer was sent: the client waits until it times out.'
    : 'The connection broke before an answer was sent.';
}

function formatDuration(milliseconds: number): string {
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

function factView(name: string, value: string | null): TemplateResult | typeof nothing {
  return value === null ? nothing : html`<div><dt>${name}</dt><dd class="mono">${value}</dd></div>`;
}

/** A button that shows the scenarios of the operation. */
function operationView(operation: string | null, show: () => void): TemplateResult | typeof nothing {
  if (operation === null) return nothing;
  return html`
    <div>
      <dt>Operation</dt>
      <dd class="mono"><button type="button" class="in-text" title="Show its scenarios" @click=${show}>${operation}</button></dd>
    </div>`;
}

function brokenView(
  title: string,
  places: JournalEntry['findings'] | JournalEntry['violations'],
): TemplateResult | typeof nothing {
  if (places.length === 0) return nothing;
  const items = places.map(
    ({ in: place, name = '', pointer = '', detail }) =>
      html`<li><span class="mono">${place} ${name} ${pointer}</span> ${detail}</li>`,
  );
  return html`
    <div class="block">
      <div class="block-title">${title} <span class="count">${places.length}</span></div>
      <ul>${items}</ul>
    </div>`;
}

function bodyBlock(title: string, body: string | null): TemplateResult {
  if (body === null || body === '') return html`<p class="hint">${title}: none</p>`;
  return html`
    <div class="block">
      <div class="block-title">${title}</div>
      <pre tabindex="0" role="group" aria-label=${title}>${bodyView(body)}</pre>
    </div>`;
}

function headersView(title: string, headers: Readonly<Record<string, string | undefined>>): TemplateResult {
  const fields = Object.entries(headers);
  return html`
    <details class="headers">
      <summary>${title} <span class="count">${fields.length}</span></summary>
      <dl>${fields.map(([name, value]) => html`<div><dt>${name}</dt><dd>${linked(value ?? '')}</dd></div>`)}</dl>
    </details>`;
}

function commandView(command: string): TemplateResult {
  return html`
    <textarea class="mono" readonly rows="3" aria-label="Command" .value=${command}
      @focus=${({ target }: Event) => target instanceof HTMLTextAreaElement && target.select()}></textarea>`;
}
