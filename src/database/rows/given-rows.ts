import { freezeJson, isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { messageOf } from '../../text/message-of.ts';
import { didYouMean } from '../../text/nearest-name.ts';
import { shown, shownNames } from '../../text/shown.ts';
import type { FixtureFinding } from './fixture-error.ts';
import { findDuplicates } from './integrity.ts';
import type { Model, Models } from './models.ts';
import { checkRow } from './row-check.ts';
import { MAX_FINDINGS, type RowFinding } from './schema-check.ts';
import { COLLECTIONS, type CollectionName } from './types.ts';

/** Rows from a caller: copied, each checked by itself, and checked for duplicates. */
export interface GivenRows {
  readonly rows: ReadonlyMap<CollectionName, readonly JsonObject[]>;
  readonly findings: readonly FixtureFinding[];
}

/** Reads rows by collection from an unchecked value. A collection that is `undefined` counts as absent. */
export function readCollections(models: Models, given: unknown): GivenRows {
  const rows = new Map<CollectionName, readonly JsonObject[]>();
  const findings: FixtureFinding[] = [];
  if (!isObject(given)) return { rows, findings: [explainNotCollections(given)] };
  for (const [name, content] of Object.entries(given)) {
    if (content === undefined) continue;
    if (findings.length >= MAX_FINDINGS) break;
    const collection = COLLECTIONS.find((known) => known === name);
    if (collection === undefined) {
      findings.push(explainUnknownCollection(name));
    } else if (Array.isArray(content)) {
      const read = readRows(models[collection], content);
      rows.set(collection, read.rows);
      findings.push(...read.findings.slice(0, MAX_FINDINGS));
    } else {
      findings.push({
        collection,
        pointer: '',
        detail: `expected an array of rows, found ${shown(content)}`,
      });
    }
  }
  return { rows, findings };
}

/** Copies a row and checks it by itself. The result has no `row` if it is not an object. */
export function readRow(model: Model, given: unknown): { row?: JsonObject; findings: readonly RowFinding[] } {
  let row: unknown;
  try {
    row = freezeJson(given) ?? null;
  } catch (cause) {
    return { findings: [{ pointer: '', detail: `JSON cannot carry this row: ${messageOf(cause)}` }] };
  }
  const findings = checkRow(model, row);
  return isObject(row) ? { row, findings } : { findings };
}

function readRows(model: Model, given: readonly unknown[]) {
  const { collection } = model;
  const rows: JsonObject[] = [];
  const findings: FixtureFinding[] = [];
  // Unlike forEach, entries() does not skip the holes of a sparse array.
  for (const [row, content] of given.entries()) {
    if (findings.length >= MAX_FINDINGS) {
      const detail = `rows from ${row} on are not checked: there are too many mistakes before them`;
      return { rows, findings: [{ collection, pointer: '', detail }, ...findings] };
    }
    const read = readRow(model, content);
    rows.push(read.row ?? {});
    for (const { pointer, detail } of read.findings.slice(0, MAX_FINDINGS))
      findings.push({ collection, row, pointer: `${pointerTo('', row)}${pointer}`, detail });
  }
  const duplicates = findDuplicates(model, rows, MAX_FINDINGS).map((finding) => ({ collection, ...finding }));
  return { rows, findings: [...findings, ...duplicates] };
}

function explainNotCollections(given: unknown): FixtureFinding {
  return { collection: '', pointer: '', detail: `expected an object of collections, found ${shown(given)}` };
}

function explainUnknownCollection(name: string): FixtureFinding {
  const detail = `there is no such collection.${didYouMean(name, COLLECTIONS)} The collections are ${shownNames(COLLECTIONS)}`;
  return { collection: name, pointer: '', detail };
}
