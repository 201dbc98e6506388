import { readFileSync } from 'node:fs';
import { FIXTURE_FILES, type FixtureInput } from '../../src/database/rows/types.ts';
import {
  type FixtureSchemas,
  openStore,
  readStartRows,
  replaceRows,
  type Store,
} from '../../src/database/store.ts';
import { type Instant, parseInstant } from '../../src/database/time.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);

export function readFixture(file: string) {
  return JSON.parse(readFileSync(new URL(file, FIXTURES), 'utf8'));
}

export const packaged: FixtureInput = Object.fromEntries(
  FIXTURE_FILES.map(({ collection, file }) => [collection, readFixture(file)]),
);

export const schemas: FixtureSchemas = Object.fromEntries(
  FIXTURE_FILES.map(({ collection, file }) => [
    collection,
    readFixture(`schema/${file.replace('.json', '.schema.json')}`),
  ]),
) as FixtureSchemas;

export const NOW = instant('2026-03-15T12:00:00Z');

/** A store with the packaged rows and a clock fixed at `NOW`. */
export function open(fixtures?: FixtureInput, now: () => Instant = () => NOW): Store {
  const start = replaceRows(readStartRows(schemas, packaged), fixtures);
  return openStore({ start, now, written: () => {} });
}

export function instant(time: string): Instant {
  const parsed = parseInstant(time, 0);
  if (parsed === undefined) throw new Error(`not a time: ${time}`);
  return parsed;
}
