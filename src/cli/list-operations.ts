import { operationsOf } from '../mock/scenarios/catalogue.ts';
import { printableJson } from '../text/printable.ts';
import { hasWords, wordsOf } from '../text/words.ts';
import { CommandFailure } from './failure.ts';
import { openMockOf, type SourceFlags } from './mock-flags.ts';
import { tableFor } from './table.ts';

/**
 * The operations of the contract as a table, or as JSON.
 * @param given words; only operations that have all of them in id, method, path, summary or tags are listed.
 * @throws (rejects) {CommandFailure} when no operation has the words.
 */
export async function listOperations(
  given: readonly string[],
  { json, ...flags }: SourceFlags & { readonly json: boolean },
): Promise<string> {
  const words = wordsOf(given.join(' '));
  const { mock } = await openMockOf(flags);
  const operations = operationsOf(mock.contract).filter(({ id, method, path, summary, tags }) =>
    hasWords([id, method, path, summary, ...tags].join(' ').toLowerCase(), words),
  );
  if (json) return printableJson(operations, null, 2);
  if (operations.length === 0) throw new CommandFailure(`No operation has "${words.join(' ')}".`, 1);
  return tableFor(
    process.stdout,
    ['OPERATION', 'METHOD', 'PATH', 'SUMMARY'],
    operations.map(({ id, method, path, summary }) => [id, method, path, summary]),
  );
}
