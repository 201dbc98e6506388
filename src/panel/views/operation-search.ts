import { hasWords, wordsOf } from '../../text/words.ts';
import type { PanelOperation } from '../source/panel-source.ts';
import { operationLabels } from './operation-label.ts';

/** An operation as a list shows it. */
export interface OperationOption {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
}

/** The id that stands for all operations. */
export const ALL = '';

interface Searchable extends OperationOption {
  /** What is searched, in lower case. */
  readonly text: string;
}

/** The state of the mock is read again with every request, but its operations seldom change. */
const known = new WeakMap<readonly PanelOperation[], readonly Searchable[]>();

/**
 * The operations that have all words of a query in id, method, path, summary or tags; in document order.
 * @param hasAll whether there is an option for all operations, too, before them.
 */
export function searchOperations(
  operations: readonly PanelOperation[],
  query: string,
  hasAll: boolean,
): readonly OperationOption[] {
  const words = wordsOf(query);
  const options = optionsOf(operations);
  return (hasAll ? options : options.slice(1)).filter(({ text }) => hasWords(text, words));
}

/** What a list shows of an operation; `undefined` when there is none with this id. */
export function optionOf(operations: readonly PanelOperation[], id: string): OperationOption | undefined {
  return optionsOf(operations).find((option) => option.id === id);
}

/** The first one stands for all. */
function optionsOf(operations: readonly PanelOperation[]): readonly Searchable[] {
  const made = known.get(operations);
  if (made) return made;
  const labels = operationLabels(operations);
  const options = operations.map(({ id, method, path, summary, tags }) => ({
    id,
    label: labels.get(id) ?? id,
    summary,
    text: [id, method, path, summary, ...tags].join(' ').toLowerCase(),
  }));
  const all = [{ id: ALL, label: 'All operations', summary: '', text: 'all operations' }, ...options];
  known.set(operations, all);
  return all;
}
