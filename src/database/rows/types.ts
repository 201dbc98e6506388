import { COLLECTIONS, type FixtureRow } from '../../generated/rows.ts';
import { fixtureFile } from './fixture-files.ts';

/** The name of a collection, in camelCase. */
export type CollectionName = keyof FixtureRow;

/** A row to write: fields that have a default are optional. */
export type RowInput<K extends CollectionName> = DeepReadonly<FixtureRow[K]>;

/** A row as it is read: every field is present. */
export type Row<K extends CollectionName> = DeepReadonly<Required<FixtureRow[K]>>;

/**
 * Rows for a mock to start from, by collection. An absent collection keeps the packaged rows.
 *
 * ```ts
 * createMock({ fixtures: { experiments: [{ id: 1, project_id: 1, start_date: 'now-10d' }] } });
 * ```
 */
export type FixtureInput = { readonly [K in CollectionName]?: readonly RowInput<K>[] | undefined };

/** All rows of all collections, as plain JSON with absolute times. */
export type Rows = { readonly [K in CollectionName]: readonly Row<K>[] };

export type Organization = Row<'organizations'>;
export type User = Row<'users'>;
export type Membership = Row<'memberships'>;
export type Project = Row<'projects'>;
export type PersonalApiKey = Row<'personalApiKeys'>;
export type Experiment = Row<'experiments'>;
export type Action = Row<'actions'>;
export type Event = Row<'events'>;
export type ApprovalPolicy = Row<'approvalPolicies'>;
export type ChangeRequest = Row<'changeRequests'>;
export type Approval = ChangeRequest['approvals'][number];

/** The collections and the files of their packaged rows: `personalApiKeys`, `personal-api-keys.json`. */
export const FIXTURE_FILES: readonly { readonly collection: CollectionName; readonly file: string }[] =
  COLLECTIONS.map((collection) => ({ collection, file: fixtureFile(collection) }));

export { COLLECTIONS };

type DeepReadonly<T> = unknown extends T
  ? T
  : T extends object
    ? { readonly [P in keyof T]: DeepReadonly<T[P]> }
    : T;
