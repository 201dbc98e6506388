import type { TemplateResult } from 'lit';
import type { SectionHost } from '../sections/section.ts';
import type { PanelOperation } from '../source/panel-source.ts';
import { inputValue } from './form-events.ts';
import { html } from './html.ts';
import {
  createOperationCombobox,
  type OperationField,
  type OperationFieldOptions,
} from './operation-combobox.ts';
import { searchOperations } from './operation-search.ts';

/** More operations than these are hard to find in a menu. */
const MAX_IN_MENU = 12;

/** Creates a field to choose an operation: a menu of a few, or a list to filter by typing of more. */
export function createOperationPicker(host: SectionHost, options: OperationFieldOptions): OperationField {
  const combobox = createOperationCombobox(host, options);
  return {
    render: (operations, chosen) =>
      operations.length > MAX_IN_MENU
        ? combobox.render(operations, chosen)
        : menuView(options, operations, chosen),
    updated: combobox.updated,
  };
}

function menuView(
  { label, hasAll, choose }: OperationFieldOptions,
  operations: readonly PanelOperation[],
  chosen: string,
): TemplateResult {
  return html`
    <label class="field">
      <span>${label}</span>
      <select @change=${(event: Event) => choose(inputValue(event))}>
        ${searchOperations(operations, '', hasAll).map(
          (option) =>
            html`<option value=${option.id} ?selected=${option.id === chosen}>${option.label}</option>`,
        )}
      </select>
    </label>`;
}
