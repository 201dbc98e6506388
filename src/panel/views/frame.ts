import { html, nothing, type TemplateResult } from 'lit';
import type { PanelState } from '../source/panel-source.ts';

/** The logo: a switch that is on. */
export const logo = html`
  <svg class="mark" viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">
    <rect x="1" y="1" width="22" height="14" rx="7" /><circle cx="16" cy="8" r="4" />
  </svg>`;

/** The selected scenario, and the number of operations with another one. */
export function selectionView(state: PanelState | null): TemplateResult | typeof nothing {
  if (!state) return nothing;
  const { default: name, operations } = state.selected;
  const others = Object.values(operations).filter((own) => own !== name).length;
  return html`
    <span class="selection" ?data-forced=${name !== 'ok' || others > 0}>
      <span class="visually-hidden">Scenario:</span> ${name}${others > 0 ? html`<span class="more">+${others}</span>` : nothing}
    </span>`;
}

/** A count next to a title; nothing for zero. */
export function countView(count: number | null | undefined): TemplateResult | typeof nothing {
  return count ? html`<span class="count">${count}</span>` : nothing;
}
