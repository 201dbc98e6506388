import { nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChangeRequestBody, Decision, PanelState, PanelUser } from '../source/panel-source.ts';
import { inputValue, onSubmit } from '../views/form-events.ts';
import { html } from '../views/html.ts';
import type { Section, SectionHost } from './section.ts';

/** The option that lets the mock pick a user who may decide. */
const ANYONE = '';

/** Lists change requests, and decides on them as users of PostHog would. */
export function createChangeRequests(host: SectionHost): Section {
  let by = ANYONE;
  const reasons = new Map<string, string>();

  const decide = (id: string, kind: Decision['kind']) =>
    host.act((source) => {
      const actor = by === ANYONE ? {} : { by: Number(by) };
      if (kind === 'reject') return source.decide(id, { kind, reason: reasons.get(id) ?? '', ...actor });
      return source.decide(id, kind === 'expire' ? { kind } : { kind, ...actor });
    });

  const openView = (request: ChangeRequestBody) => {
    const { id } = request;
    return html`
      <li class="card" aria-label=${titleOf(request)}>
        ${headingView(request)} ${factsView(request)}
        <div class="buttons">
          <button type="button" class="primary" @click=${() => decide(id, 'approve')}>Approve</button>
          <button type="button" @click=${() => decide(id, 'cancel')}>Cancel</button>
          <button type="button" @click=${() => decide(id, 'expire')}>Expire</button>
        </div>
        <form class="fields inline" @submit=${onSubmit(() => decide(id, 'reject'))}>
          <label class="field row grow">
            <span>Reason</span>
            <input .value=${reasons.get(id) ?? ''} @input=${(event: Event) => {
              reasons.set(id, inputValue(event));
            }}>
          </label>
          <button type="submit">Reject</button>
        </form>
      </li>`;
  };

  return {
    id: 'change-requests',
    title: 'Change requests',
    shortTitle: 'Changes',
    isNeeded: ({ changeRequests }) => changeRequests !== null,
    count: ({ changeRequests }) => changeRequests?.filter(isOpen).length ?? null,
    render: ({ changeRequests, users }) => {
      if (changeRequests === null) return html``;
      const open = changeRequests.filter(isOpen).toReversed();
      const decided = changeRequests.filter((request) => !isOpen(request)).toReversed();
      return html`
        ${
          open.length === 0
            ? html`<p class="empty">No change request is open. The scenario <span class="mono">approval-required</span> opens one.</p>`
            : html`
              ${actorView(users, by, (user) => {
                by = user;
                host.requestUpdate();
              })}
              <ul class="cards">${repeat(open, ({ id }) => id, openView)}</ul>`
        }
        ${decided.length === 0 ? nothing : decidedView(decided)}`;
    },
  };
}

function actorView(users: PanelState['users'], by: string, choose: (by: string) => void): TemplateResult {
  return html`
    <label class="field row">
      <span>Decided by</span>
      <select @change=${(event: Event) => choose(inputValue(event))}>
        <option value=${ANYONE} ?selected=${by === ANYONE}>Anyone allowed</option>
        ${users.map(
          ({ id, name }: PanelUser) =>
            html`<option value=${id} ?selected=${by === String(id)}>${name}, user ${id}</option>`,
        )}
      </select>
    </label>`;
}

function headingView(request: ChangeRequestBody): TemplateResult {
  const { action_key, resource_type, resource_id, state } = request;
  const resource = resource_id === null ? resource_type : `${resource_type} ${resource_id}`;
  return html`
    <div class="card-heading">
      <b>${titleOf(request)}</b>
      <span class="state" data-state=${state}>${state}</span>
    </div>
    <p class="hint">${action_key}, ${resource}</p>`;
}

/** The change as PostHog describes it. */
function titleOf({ intent_display: { description }, action_key }: ChangeRequestBody): string {
  return typeof description === 'string' ? description : action_key;
}

function factsView(request: ChangeRequestBody): TemplateResult {
  const { approvals, policy_snapshot, created_by, created_at, expires_at } = request;
  const given = approvals.filter(({ decision }) => decision === 'approved').length;
  return html`
    <dl class="facts">
      <div><dt>Approvals</dt><dd>${given} of ${String(policy_snapshot.quorum ?? 1)}</dd></div>
      <div><dt>Requested by</dt><dd>${created_by?.first_name || created_by?.email || 'nobody'}</dd></div>
      <div><dt>Opened</dt><dd>${formatMinute(created_at)}</dd></div>
      <div><dt>Expires</dt><dd>${formatMinute(expires_at)}</dd></div>
    </dl>`;
}

function decidedView(decided: readonly ChangeRequestBody[]): TemplateResult {
  return html`
    <details class="headers">
      <summary>Decided <span class="count">${decided.length}</span></summary>
      <ul class="cards">
        ${decided.map((request) => html`<li class="card">${headingView(request)} ${factsView(request)}</li>`)}
      </ul>
    </details>`;
}

/** Whether the request can still be decided on. */
function isOpen({ state }: ChangeRequestBody): boolean {
  return state === 'pending' || state === 'approved';
}

function formatMinute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
