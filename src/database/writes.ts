import { freezeJson, isObject, type JsonObject } from '../json.ts';
import { messageOf } from '../text/message-of.ts';
import { UsageTypeError } from '../usage-error.ts';
import { withDerived, withoutDerived } from './rows/derived.ts';
import { FixtureError } from './rows/fixture-error.ts';
import { readRow } from './rows/given-rows.ts';
import { explainDuplicate, explainMissing, findReferrers, missingReferences } from './rows/integrity.ts';
import { madeUuid } from './rows/made-ids.ts';
import { identityOf, type Model, type Models, withDefaults } from './rows/models.ts';
import { checkRow } from './rows/row-check.ts';
import type { RowFinding } from './rows/schema-check.ts';
import { withResolvedTimes } from './seed.ts';
import type { Tables } from './table.ts';
import type { Instant } from './time.ts';

/** What the collections of a store share. */
export interface StoreState {
  readonly models: Models;
  readonly now: () => Instant;
  tables: Tables;
  /** Grows with every write. */
  revision: number;
  /** How many UUIDs were made for events since the tables were opened. */
  madeUuids: number;
}

export function createRow(held: StoreState, model: Model, given: unknown): JsonObject {
  const table = held.tables[model.collection];
  const { row = {}, findings } = readRow(model, given);
  const identity = identityOf(model, row);
  const taken = identity !== undefined && table.lookup(identity) !== undefined;
  refuse(model, [
    ...findings,
    ...(taken ? [explainDuplicate(model, 'another row', '')] : []),
    ...dangling(held, model, row),
  ]);
  const created = completed(held, model, row);
  table.insert(created);
  held.revision += 1;
  return created;
}

export function updateRows(
  held: StoreState,
  model: Model,
  rows: readonly JsonObject[],
  given: unknown,
): readonly JsonObject[] {
  const changes = readChanges(given);
  if (!isObject(changes))
    throw new UsageTypeError('update(where, changes): the changes are an object of fields.');
  if (rows.length === 0) return [];
  const changed = rows.map((row) => ({ ...withoutDerived(model.collection, row), ...changes }));
  for (const row of changed) refuse(model, [...checkRow(model, row), ...dangling(held, model, row)]);
  refuse(model, clashes(held, model, rows, changed));
  const next = changed.map((row) => completed(held, model, row));
  const staying = new Set(next.map((row) => identityOf(model, row)));
  refuseDangling(
    held,
    model,
    rows.filter((row) => !staying.has(identityOf(model, row))),
  );
  held.tables[model.collection].replace(rows, next);
  held.revision += 1;
  return next;
}

function readChanges(given: unknown): unknown {
  try {
    return freezeJson(given);
  } catch (cause) {
    throw new UsageTypeError(`update(where, changes): JSON cannot carry the changes: ${messageOf(cause)}`);
  }
}

export function deleteRows(held: StoreState, model: Model, rows: readonly JsonObject[]): number {
  if (rows.length === 0) return 0;
  refuseDangling(held, model, rows);
  held.tables[model.collection].remove(rows);
  held.revision += 1;
  return rows.length;
}

function completed(held: StoreState, model: Model, row: JsonObject): JsonObject {
  const makeUuid = () => {
    do held.madeUuids += 1;
    while (held.tables.events.lookup(madeUuid('events', held.madeUuids)));
    return madeUuid('events', held.madeUuids);
  };
  const complete = withDerived(model.collection, withDefaults(model, row), makeUuid);
  return withResolvedTimes(model, complete, held.now());
}

function dangling(held: StoreState, model: Model, row: JsonObject): RowFinding[] {
  return missingReferences(
    model,
    row,
    (collection, identity) => held.tables[collection].lookup(identity) !== undefined,
  ).map(explainMissing);
}

/** Rows that would get the identity of another one. */
function clashes(
  held: StoreState,
  model: Model,
  rows: readonly JsonObject[],
  changed: readonly JsonObject[],
): RowFinding[] {
  const changing = new Set(rows);
  const seen = new Set<unknown>();
  return changed.flatMap((row) => {
    const identity = identityOf(model, row);
    const holder = held.tables[model.collection].lookup(identity);
    const clash = seen.has(identity) || (holder !== undefined && !changing.has(holder));
    seen.add(identity);
    return clash ? [explainDuplicate(model, 'another row', '')] : [];
  });
}

function refuseDangling(held: StoreState, model: Model, going: readonly JsonObject[]): void {
  const identities = new Set(going.map((row) => identityOf(model, row)));
  const referrers = findReferrers(held.models, model.collection, identities, (collection) =>
    held.tables[collection].rows(),
  );
  refuse(
    model,
    referrers.map((detail) => ({ pointer: '', detail })),
  );
}

function refuse({ collection }: Model, findings: readonly RowFinding[]): void {
  if (findings.length > 0)
    throw new FixtureError(
      findings.map((finding) => ({ collection, ...finding })),
      'database',
    );
}
