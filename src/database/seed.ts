import type { JsonObject } from '../json.ts';
import { pointerTo } from '../json-pointer.ts';
import { memoize } from '../memoize.ts';
import { withDerived } from './rows/derived.ts';
import { FixtureError, type FixtureFinding, type FixtureOrigin } from './rows/fixture-error.ts';
import { type GivenRows, readCollections } from './rows/given-rows.ts';
import { explainMissing, type HasRow, type MissingReference, missingReferences } from './rows/integrity.ts';
import { madeUuid } from './rows/made-ids.ts';
import { byCollection, identityOf, type Model, type Models, withDefaults } from './rows/models.ts';
import { replacedAt } from './rows/paths.ts';
import { COLLECTIONS, type CollectionName } from './rows/types.ts';
import { formatInstant, type Instant, isRelativeTime, parseInstant } from './time.ts';

/** Rows that are checked and complete. Relative times are still relative. */
export type Seed = Readonly<Record<CollectionName, readonly JsonObject[]>>;

/** The packaged rows: read once, for as long as the models and the rows live. */
export const packagedSeed = memoize((models: Models) =>
  memoize((packaged: object): Seed => {
    const given = readCollections(models, packaged);
    const rows = byCollection((collection) => given.rows.get(collection) ?? []);
    const dangling = findDangling(models, rows, COLLECTIONS);
    refuse(
      [...given.findings, ...dangling].map((finding) => inFile(models, finding)),
      'fixtures',
    );
    return byCollection((collection) => completed(models[collection], rows[collection]));
  }),
);

/**
 * The packaged rows with whole collections replaced. Packaged rows that refer to rows which are gone thereby are
 * left out, and so on, so that one collection can be replaced without naming the others.
 */
export function replacedSeed(models: Models, packaged: Seed, fixtures: unknown): Seed {
  const given = readCollections(models, fixtures);
  const rows = withoutDangling(models, packaged, given);
  const wasPackaged = hasRowIn(models, packaged);
  const dangling = findDangling(models, rows, [...given.rows.keys()], ({ collection, identity }) =>
    wasPackaged(collection, identity)
      ? '; the packaged one is left out, as rows it refers to are replaced'
      : '',
  );
  refuse([...given.findings, ...dangling], 'fixtures');
  return byCollection((collection) =>
    given.rows.has(collection) ? completed(models[collection], rows[collection]) : rows[collection],
  );
}

/** The rows of a snapshot, which has every collection. */
export function snapshotSeed(models: Models, snapshot: unknown): Seed {
  const given = readCollections(models, snapshot);
  refuse(given.findings, 'snapshot');
  const absent = COLLECTIONS.filter((collection) => !given.rows.has(collection));
  const detail = 'missing; a snapshot has every collection, if only as an empty array';
  refuse(
    absent.map((collection) => ({ collection, pointer: '', detail })),
    'snapshot',
  );
  const rows = byCollection((collection) => given.rows.get(collection) ?? []);
  refuse(findDangling(models, rows, COLLECTIONS), 'snapshot');
  return byCollection((collection) => completed(models[collection], rows[collection]));
}

/**
 * The rows with their times made absolute: the same array, to be shared, where no time is relative, and for the same
 * moment.
 */
export function resolvedRows(model: Model, rows: readonly JsonObject[], now: Instant): readonly JsonObject[] {
  return resolver(model)(rows)(now);
}

const resolver = memoize((model: Model) =>
  memoize((rows: readonly JsonObject[]) => {
    const isRelative = rows.some((row) => withResolvedTimes(model, row, 0) !== row);
    let last: { readonly now: Instant; readonly resolved: readonly JsonObject[] } | undefined;
    return (now: Instant) => {
      if (!isRelative) return rows;
      if (last?.now !== now) {
        last = { now, resolved: rows.map((row) => withResolvedTimes(model, row, now)) };
      }
      return last.resolved;
    };
  }),
);

/** The row with its relative times made absolute; a time that is absolute stays as it was written. */
export function withResolvedTimes(model: Model, row: JsonObject, now: Instant): JsonObject {
  return model.times.reduce(
    (resolved, path) => replacedAt(resolved, path, (time) => resolve(time, now)),
    row,
  );
}

function resolve(time: unknown, now: Instant): unknown {
  if (typeof time !== 'string' || !isRelativeTime(time)) return time;
  const instant = parseInstant(time, now);
  return instant === undefined ? time : formatInstant(instant);
}

function completed(model: Model, rows: readonly JsonObject[]): readonly JsonObject[] {
  const taken = new Set(rows.map((row) => identityOf(model, row)));
  let made = 0;
  const makeUuid = () => {
    do made += 1;
    while (taken.has(madeUuid('events', made)));
    return madeUuid('events', made);
  };
  return rows.map((row) => withDerived(model.collection, withDefaults(model, row), makeUuid));
}

function withoutDangling(models: Models, packaged: Seed, given: GivenRows): Seed {
  let rows = byCollection((collection) => given.rows.get(collection) ?? packaged[collection]);
  for (;;) {
    const has = hasRowIn(models, rows);
    const kept = byCollection((collection) =>
      given.rows.has(collection)
        ? rows[collection]
        : rows[collection].filter((row) => missingReferences(models[collection], row, has).length === 0),
    );
    if (COLLECTIONS.every((collection) => kept[collection].length === rows[collection].length)) return kept;
    rows = kept;
  }
}

function findDangling(
  models: Models,
  rows: Seed,
  collections: readonly CollectionName[],
  hint: (missing: MissingReference) => string = () => '',
): FixtureFinding[] {
  const has = hasRowIn(models, rows);
  return collections.flatMap((collection) =>
    rows[collection].flatMap((content, row) =>
      missingReferences(models[collection], content, has).map((missing) => {
        const { pointer, detail } = explainMissing(missing);
        return {
          collection,
          row,
          pointer: `${pointerTo('', row)}${pointer}`,
          detail: `${detail}${hint(missing)}`,
        };
      }),
    ),
  );
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

function inFile(models: Models, finding: FixtureFinding): FixtureFinding {
  const model = Object.values(models).find(({ collection }) => collection === finding.collection);
  return model ? { ...finding, file: model.file } : finding;
}

function refuse(findings: readonly FixtureFinding[], origin: FixtureOrigin): void {
  if (findings.length > 0) throw new FixtureError(findings, origin);
}
