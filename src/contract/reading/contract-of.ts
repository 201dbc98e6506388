import type { OpenAPIV3_1 } from 'openapi-types';
import { deepFreeze, isObject, type JsonObject } from '../../json.ts';
import { shownNames } from '../../text/shown.ts';
import type { Contract } from '../contract.ts';
import { ContractError } from '../contract-error.ts';
import { readOperations } from './read-operations.ts';
import { readServers } from './read-servers.ts';
import type { Reading } from './reading.ts';

/** What has been read, checked as far as wanted. */
export function contractOf(
  reading: Reading,
  file: string,
  checksAll: boolean,
  makesBodies = false,
): Contract {
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
