import { ContractError } from '../../src/index.ts';
import type { Judged } from './directory.ts';
import { readDocument } from './document.ts';
import { verdictsOf } from './in-process.ts';
import { operationsOf } from './operations.ts';

/** Judges the documents whose files its parent sends, one after the other. */
process.on('message', async (file: string) => {
  process.send?.(await judge(file));
});

async function judge(file: string): Promise<Judged> {
  // Such as one of webhooks only.
  if (operationsOf(readDocument(file)).length === 0) return { operations: 0, wrong: [] };
  try {
    const verdicts = [...(await verdictsOf(file))];
    const wrong = verdicts.flatMap(([operation, verdict]) => (verdict ? [{ operation, ...verdict }] : []));
    return { operations: verdicts.length, wrong };
  } catch (cause) {
    if (cause instanceof ContractError) return { refusal: cause.message };
    throw cause;
  }
}
