import { nothing, type TemplateResult } from 'lit';
import { inNumber } from '../../text/shown.ts';
import type { PanelState } from '../source/panel-source.ts';
import { html } from './html.ts';

/** The logo: a stand-in, drawn with a dashed line around what it stands for. */
export const logo = html`
  <svg class="mark" viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
    <rect x="1" y="1" width="14" height="14" rx="4" stroke-dasharray="3.4 2.74" stroke-dashoffset="-1.3" /><circle cx="8" cy="8" r="3" />
  </svg>`;

/** The selected scenario, and the number of operations with another one. */
export function selectionView(state: PanelState | null): TemplateResult | typeof nothing {
  if (!state) return nothing;
  const { default: name, operations } = state.selected;
  const others = Object.values(operations).filter((own) => own !== name).length;
  return html`
    <span class="selection" ?data-forced=${name !== 'ok' || others > 0}>
      <span class="visually-hidden">Scenario:</span> <span>${name}</span>
      ${others > 0 ? html`<span class="more">+${others}<span> ${inNumber(others, 'operation')}</span></span>` : nothing}
    </span>`;
}

/** A count next to a title; nothing for zero. */
export function countView(count: number | null | undefined): TemplateResult | typeof nothing {
  return count ? html`<span class="count">${count}</span>` : nothing;
}
