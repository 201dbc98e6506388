import { freezeJson, isObject, type JsonObject } from '../json.ts';
import { messageOf } from '../text/message-of.ts';
import { UsageTypeError } from '../usage-error.ts';
import { derive, withoutDerived } from './rows/derived.ts';
import { FixtureError } from './rows/fixture-error.ts';
import { readRow } from './rows/given-rows.ts';
import { explainDuplicate, explainMissing, findMissing, findReferrers } from './rows/integrity.ts';
import { identityOf, type Model, type Models, withDefaults } from './rows/models.ts';
import { bytesOfRow, bytesOfRows } from './rows/row-bytes.ts';
import { checkRow } from './rows/row-check.ts';
import type { RowFinding } from './rows/schema-check.ts';
import type { CollectionName } from './rows/types.ts';
import { resolveTimes } from './seed.ts';
import type { Tables } from './table.ts';
import type { Instant } from './time.ts';

/** The state of a store, which its collections and reads share. */
export interface StoreState {
  readonly models: Models;
  readonly now: () => Instant;
  tables: Tables;
  /** Increases with every write; see {@link wrote}. */
  revision: number;
  /** Called after every write. */
  readonly written: (collection: CollectionName) => void;
  /** Makes UUIDs for events that come without one. Replaced together with the tables. */
  makeUuid: () => string;
}

/**
 * Called before a write. What it is given says by how many bytes the rows will grow.
 * @throws to refuse the write.
 */
export type Grow = (bytes: () => number) => void;

/** Drops what was read before a write, and tells of it. */
export function wrote(state: StoreState, ...collections: readonly CollectionName[]): void {
  state.revision += 1;
  for (const collection of collections) state.written(collection);
}

export function createRow(state: StoreState, model: Model, given: unknown, grow: Grow | null): JsonObject {
  const table = state.tables[model.collection];
  const { row = {}, findings } = readRow(model, given);
  const identity = identityOf(model, row);
  const isTaken = identity !== undefined && table.lookup(identity) !== undefined;
  refuse(model, [
    ...findings,
    ...(isTaken ? [explainDuplicate(model, 'another row', '')] : []),
    ...findDangling(state, model, row),
  ]);
  const created = complete(state, model, row);
  grow?.(() => bytesOfRow(created));
  table.insert(created);
  wrote(state, model.collection);
  return created;
}

export function updateRows(
  state: StoreState,
  model: Model,
  rows: readonly JsonObject[],
  given: unknown,
  grow: Grow | null,
): readonly JsonObject[] {
  const same = typeof given === 'function' ? undefined : readChanges(given);
  const changesOf = (row: JsonObject) =>
    same ?? readChanges(typeof given === 'function' ? given(row) : given);
  if (rows.length === 0) return [];
  const changed = rows.map((row) => ({ ...withoutDerived(model.collection, row), ...changesOf(row) }));
  for (const row of changed) refuse(model, [...checkRow(model, row), ...findDangling(state, model, row)]);
  refuse(model, findClashes(state, model, rows, changed));
  const next = changed.map((row) => complete(state, model, row));
  const remaining = new Set(next.map((row) => identityOf(model, row)));
  refuseReferred(
    state,
    model,
    rows.filter((row) => !remaining.has(identityOf(model, row))),
  );
  grow?.(() => bytesOfRows(next) - bytesOfRows(rows));
  state.tables[model.collection].replace(rows, next);
  wrote(state, model.collection);
  return next;
}

function readChanges(given: unknown): JsonObject {
  const changes = copyChanges(given);
  if (isObject(changes)) return changes;
  throw new UsageTypeError('update(where, changes): the changes have to be an object of fields.');
}

function copyChanges(given: unknown): unknown {
  try {
    return freezeJson(given);
  } catch (cause) {
    throw new UsageTypeError(`update(where, changes): JSON cannot carry the changes: ${messageOf(cause)}`);
  }
}

export function deleteRows(
  state: StoreState,
  model: Model,
  rows: readonly JsonObject[],
  grow: Grow | null,
): number {
  if (rows.length === 0) return 0;
  refuseReferred(state, model, rows);
  grow?.(() => -bytesOfRows(rows));
  state.tables[model.collection].remove(rows);
  wrote(state, model.collection);
  return rows.length;
}

function complete(state: StoreState, model: Model, row: JsonObject): JsonObject {
  const derived = derive(model.collection, withDefaults(model, row), () => state.makeUuid());
  return resolveTimes(model, derived, state.now());
}

function findDangling(state: StoreState, model: Model, row: JsonObject): RowFinding[] {
  return findMissing(
    model,
    row,
    (collection, identity) => state.tables[collection].lookup(identity) !== undefined,
  ).map(explainMissing);
}

/** A finding for each changed row that would have the identity of another row. */
function findClashes(
  state: StoreState,
  model: Model,
  rows: readonly JsonObject[],
  changed: readonly JsonObject[],
): RowFinding[] {
  const changing = new Set(rows);
  const seen = new Set<unknown>();
  return changed.flatMap((row) => {
    const identity = identityOf(model, row);
    const holder = state.tables[model.collection].lookup(identity);
    const isClash = seen.has(identity) || (holder !== undefined && !changing.has(holder));
    seen.add(identity);
    return isClash ? [explainDuplicate(model, 'another row', '')] : [];
  });
}

function refuseReferred(state: StoreState, model: Model, leaving: readonly JsonObject[]): void {
  const identities = new Set(leaving.map((row) => identityOf(model, row)));
  const referrers = findReferrers(state.models, model.collection, identities, (collection) =>
    state.tables[collection].rows(),
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
