import type { OpenAPIV3_1 } from 'openapi-types';
import { deepFreeze, isObject, type JsonObject } from '../../json.ts';
import { shownNames } from '../../text/shown.ts';
import type { Contract } from '../contract.ts';
import { ContractError } from '../contract-error.ts';
import { normalizeDocument } from './normalize-document.ts';
import { parseDocument } from './parse-document.ts';
import { readOperations } from './read-operations.ts';
import { readServers } from './read-servers.ts';
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
  const reading = new Reading(document, { source: files });
  for (const { kind, pointer, detail } of findings) reading.report(kind, pointer, detail);
  normalizeDocument(reading);
  const contract = read(reading, file, strict || values <= MAX_CHECKED_VALUES, strict);
  if (strict && reading.findings.length > 0) throw new ContractError(file, reading.findings);
  return contract;
}

/**
 * Reads a document that {@link readContract} has accepted strictly, such as the packaged one when it was generated.
 * Leaves out the checks of references, schemas and examples, which take longer than the rest, and keeps the document
 * itself.
 */
export function readCheckedContract(document: JsonObject, file: string): Contract {
  return read(new Reading(document, { isChecked: true }), file, false);
}

function read(reading: Reading, file: string, checksAll: boolean, makesBodies = false): Contract {
  const { document } = reading;
  const root = { value: document, pointer: '' };
  const servers = readServers(reading, root) ?? ['/'];
  const operations = readOperations(reading, root, servers);
  if (!isObject(document.info))
    reading.report('missing-member', '', 'expected "info" with a title and a version.');
  if (operations.length === 0) throw new ContractError(file, [noOperations(document), ...reading.findings]);
  reading.finish(checksAll, makesBodies);
  // Every part of the document that the mock uses has been read and checked by now.
  const typed = document as unknown as OpenAPIV3_1.Document;
  return Object.freeze({
    file,
    get document() {
      return deepFreeze(typed);
    },
    root: document,
    warnings: reading.findings,
    isFullyChecked: checksAll || reading.isChecked,
    servers: Object.freeze(servers),
    operations: Object.freeze(operations),
  });
}

/** A mock of such a document would answer 404 to everything, which nobody means: a name is misspelt, or a part cut off. */
function noOperations({ paths, ...others }: JsonObject) {
  const [pointer, object] = isObject(paths) ? ['/paths', paths] : ['', { ...others, paths }];
  const expected = pointer === '' ? '"paths", with' : 'paths with';
  const names = Object.keys(object).filter((name) => object[name] !== undefined);
  const found = names.length === 0 ? 'nothing' : shownNames(names);
  const detail = `there is no operation to serve; expected ${expected} at least one, found ${found}.`;
  return { kind: 'document', pointer, detail } as const;
}
