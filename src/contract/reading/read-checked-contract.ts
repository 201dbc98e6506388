import type { JsonObject } from '../../json.ts';
import type { Contract } from '../contract.ts';
import { contractOf } from './contract-of.ts';
import { Reading } from './reading.ts';

/**
 * Reads a document that `readContract` has accepted strictly and that has an example for every answer, such as the
 * packaged one. Leaves out the checks and the code for them, which take longer than the rest, and keeps the document
 * itself.
 */
export function readCheckedContract(document: JsonObject, file: string): Contract {
  return contractOf(new Reading(document), file, false);
}
