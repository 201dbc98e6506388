import type { JsonObject } from '../json.ts';
import { pointerTo } from '../json-pointer.ts';
import { memoize } from '../memoize.ts';
import { derive } from './rows/derived.ts';
import { FixtureError, type FixtureFinding, type FixtureOrigin } from './rows/fixture-error.ts';
import { type GivenRows, readCollections } from './rows/given-rows.ts';
import { explainMissing, findMissing, type HasRow, type MissingReference } from './rows/integrity.ts';
import { createUuidMaker } from './rows/made-ids.ts';
import { byCollection, identityOf, type Model, type Models, withDefaults } from './rows/models.ts';
import { replaceAt } from './rows/paths.ts';
import { MAX_FINDINGS } from './rows/schema-check.ts';
import { COLLECTIONS, type CollectionName } from './rows/types.ts';
import { formatInstant, type Instant, isRelativeTime, parseInstant } from './time.ts';

/** Rows that are checked and complete, for stores to start from. Their times may still be relative. */
export type Seed = Readonly<Record<CollectionName, readonly JsonObject[]>>;

/**
 * Reads the packaged rows, once for each pair of models and rows.
 *
 * @throws {FixtureError} when they cannot be used.
 */
export const readPackagedSeed = memoize((models: Models) =>
  memoize((packaged: object): Seed => readSeed(models, readCollections(models, packaged), 'packaged')),
);

/**
 * Replaces whole collections of the packaged rows. Packaged rows that refer to a replaced row are dropped, then those
 * that refer to dropped rows, and so on: so one collection can be replaced without replacing the others.
 *
 * @throws {FixtureError} when the fixtures cannot be used.
 */
export function replaceCollections(models: Models, packaged: Seed, fixtures: unknown): Seed {
  const given = readCollections(models, fixtures);
  const rows = dropDangling(models, packaged, given);
  const wasPackaged = hasRowIn(models, packaged);
  const dangling = findDangling(models, rows, [...given.rows.keys()], ({ collection, identity }) =>
    wasPackaged(collection, identity)
      ? '; the packaged row was dropped because a row it refers to was replaced'
      : '',
  );
  refuse([...given.findings, ...dangling], 'fixtures');
  return byCollection((collection) =>
    given.rows.has(collection) ? complete(models[collection], rows[collection]) : rows[collection],
  );
}

/**
 * Reads the rows of a snapshot, which has every collection.
 *
 * @throws {FixtureError} when they cannot be used.
 */
export function readSnapshotSeed(models: Models, snapshot: unknown): Seed {
  const given = readCollections(models, snapshot);
  refuse(given.findings, 'snapshot');
  const absent = COLLECTIONS.filter((collection) => !given.rows.has(collection));
  const detail = 'missing; a snapshot has every collection, empty ones as an empty array';
  refuse(
    absent.map((collection) => ({ collection, pointer: '', detail })),
    'snapshot',
  );
  return readSeed(models, given, 'snapshot');
}

function readSeed(models: Models, given: GivenRows, origin: FixtureOrigin): Seed {
  const rows = byCollection((collection) => given.rows.get(collection) ?? []);
  refuse([...given.findings, ...findDangling(models, rows, COLLECTIONS)], origin);
  return byCollection((collection) => complete(models[collection], rows[collection]));
}

/**
 * Rows with relative times made absolute. The array is the same for the same `now`, or always if no time is relative,
 * so that stores can share it.
 */
export function resolveRows(model: Model, rows: readonly JsonObject[], now: Instant): readonly JsonObject[] {
  return resolverOf(model)(rows)(now);
}

const resolverOf = memoize((model: Model) =>
  memoize((rows: readonly JsonObject[]) => {
    const isRelative = rows.some((row) => resolveTimes(model, row, 0) !== row);
    let last: { readonly now: Instant; readonly resolved: readonly JsonObject[] } | undefined;
    return (now: Instant) => {
      if (!isRelative) return rows;
      if (last?.now !== now) {
        last = { now, resolved: rows.map((row) => resolveTimes(model, row, now)) };
      }
      return last.resolved;
    };
  }),
);

/** A row with relative times made absolute. Absolute times stay as they are written. */
export function resolveTimes(model: Model, row: JsonObject, now: Instant): JsonObject {
  return model.times.reduce(
    (resolved, path) => replaceAt(resolved, path, (time) => resolveTime(time, now)),
    row,
  );
}

function resolveTime(time: unknown, now: Instant): unknown {
  if (typeof time !== 'string' || !isRelativeTime(time)) return time;
  const instant = parseInstant(time, now);
  return instant === undefined ? time : formatInstant(instant);
}

function complete(model: Model, rows: readonly JsonObject[]): readonly JsonObject[] {
  const taken = new Set(rows.map((row) => identityOf(model, row)));
  const makeUuid = createUuidMaker('events', (uuid) => taken.has(uuid));
  // Nested JSON is frozen already.
  return rows.map((row) => Object.freeze(derive(model.collection, withDefaults(model, row), makeUuid)));
}

function dropDangling(models: Models, packaged: Seed, given: GivenRows): Seed {
  let rows = byCollection((collection) => given.rows.get(collection) ?? packaged[collection]);
  for (;;) {
    const has = hasRowIn(models, rows);
    const kept = byCollection((collection) =>
      given.rows.has(collection)
        ? rows[collection]
        : rows[collection].filter((row) => findMissing(models[collection], row, has).length === 0),
    );
    const before = rows;
    // The same arrays where nothing was dropped: what is made of them is made once.
    rows = byCollection((collection) =>
      kept[collection].length === before[collection].length ? before[collection] : kept[collection],
    );
    if (COLLECTIONS.every((collection) => rows[collection] === before[collection])) return rows;
  }
}

function findDangling(
  models: Models,
  rows: Seed,
  collections: readonly CollectionName[],
  hint: (missing: MissingReference) => string = () => '',
): FixtureFinding[] {
  const has = hasRowIn(models, rows);
  const findings: FixtureFinding[] = [];
  for (const collection of collections) {
    for (const [row, content] of rows[collection].entries()) {
      for (const missing of findMissing(models[collection], content, has)) {
        if (findings.length >= MAX_FINDINGS) return findings;
        const { pointer, detail } = explainMissing(missing);
        findings.push({
          collection,
          row,
          pointer: `${pointerTo('', row)}${pointer}`,
          detail: `${detail}${hint(missing)}`,
        });
      }
    }
  }
  return findings;
}

function hasRowIn(models: Models, rows: Seed): HasRow {
  const known = new Map<CollectionName, ReadonlySet<unknown>>();
  return (collection, identity) => {
    const identities =
      known.get(collection) ?? new Set(rows[collection].map((row) => identityOf(models[collection], row)));
    known.set(collection, identities);
    return identities.has(identity);
  };
}

function refuse(findings: readonly FixtureFinding[], origin: FixtureOrigin): void {
  if (findings.length > 0) throw new FixtureError(findings, origin);
}
