import { expectTypeOf, test } from 'vitest';
import type { Database } from '../../../src/database/collection.ts';
import type { FixtureInput, Row, RowInput } from '../../../src/database/rows/types.ts';

declare const database: Database;
declare const user: Row<'users'>;

test('an input row may omit fields with a default; a stored row has every field', () => {
  expectTypeOf<{ id: number; project_id: number }>().toExtend<RowInput<'experiments'>>();
  expectTypeOf<{ id: number }>().not.toExtend<RowInput<'experiments'>>();
  expectTypeOf<Row<'experiments'>['deleted']>().toEqualTypeOf<boolean | null>();
  expectTypeOf<Row<'experiments'>['status']>().toEqualTypeOf<'draft' | 'running' | 'stopped'>();
});

test('fixtures name collections in camelCase', () => {
  expectTypeOf<{
    personalApiKeys: [{ value: string; user_id: number; scopes: string[] }];
  }>().toExtend<FixtureInput>();
  // @ts-expect-error: unknown collections are refused
  const _unknown: FixtureInput = { experiment: [] };
  // @ts-expect-error: unknown fields are refused
  const _field: FixtureInput = { experiments: [{ id: 1, project_id: 1, startDate: 'now' }] };
});

test('collections are typed by their own rows', () => {
  expectTypeOf(database.users.find({ id: 1 })).toEqualTypeOf<Row<'users'> | undefined>();
  expectTypeOf(database.experiments.findMany)
    .parameter(0)
    .extract<(row: never) => boolean>()
    .parameter(0)
    .toEqualTypeOf<Row<'experiments'>>();
  // @ts-expect-error: rows are read-only
  user.first_name = 'x';
  // @ts-expect-error: there is no such field
  database.experiments.update({ id: 1 }, { titel: 'x' });
});
