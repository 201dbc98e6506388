import { createBodyMaker } from '../bodies/body-maker.ts';
import type { Contract } from '../contract.ts';
import { ContractError } from '../contract-error.ts';
import { contractOf } from './contract-of.ts';
import { normalizeDocument } from './normalize-document.ts';
import { parseDocument } from './parse-document.ts';
import { Reading } from './reading.ts';
import type { SourceFiles } from './source-files.ts';

export interface ReadOptions {
  /** Refuses a document with anything odd. Default: such a document has `warnings`. */
  readonly strict?: boolean | undefined;
  /** Reads the files that the document refers to; absent where it has no folder. */
  readonly source?: SourceFiles | undefined;
}

/** Values of a document whose examples are all checked when it is read; of a larger one, each when it is first used. */
export const MAX_CHECKED_VALUES = 20_000;

/**
 * Reads a document of OpenAPI 3.0, 3.1 or 3.2: YAML or JSON text, or the document as an object, which is copied.
 *
 * @param file where the document comes from, for messages.
 * @throws {ContractError} when the document cannot be served, or is odd and has to be strict, with all findings.
 */
export function readContract(
  source: string | object,
  file = 'contract',
  { strict = false, source: files }: ReadOptions = {},
): Contract {
  const { document, values, findings } = parseDocument(source, file);
  const reading = new Reading(document, { source: files, createMaker: createBodyMaker });
  for (const { kind, pointer, detail } of findings) reading.report(kind, pointer, detail);
  normalizeDocument(reading);
  const contract = contractOf(reading, file, strict || values <= MAX_CHECKED_VALUES, strict);
  if (strict && reading.findings.length > 0) throw new ContractError(file, reading.findings);
  return contract;
}
