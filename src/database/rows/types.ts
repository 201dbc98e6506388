import { COLLECTIONS, type FixtureRow } from '../../generated/rows.ts';
import { fixtureFile } from './fixture-files.ts';

/** The name of a collection, in camelCase. */
export type CollectionName = keyof FixtureRow;

/** A row as one writes it down: fields that have a default may be left out. */
export type RowInput<K extends CollectionName> = DeepReadonly<FixtureRow[K]>;

/** A row as it is held: every field is there. */
export type Row<K extends CollectionName> = DeepReadonly<Required<FixtureRow[K]>>;

/** Rows to start from. A collection that is not named keeps the packaged rows. */
export type FixtureInput = { readonly [K in CollectionName]?: readonly RowInput<K>[] | undefined };

/** Every row of every collection, as plain JSON with absolute times. */
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

/** Every collection with the file that holds its packaged rows: `personalApiKeys`, `personal-api-keys.json`. */
export const FIXTURE_FILES: readonly { readonly collection: CollectionName; readonly file: string }[] =
  COLLECTIONS.map((collection) => ({ collection, file: fixtureFile(collection) }));

export { COLLECTIONS };

type DeepReadonly<T> = unknown extends T
  ? T
  : T extends object
    ? { readonly [P in keyof T]: DeepReadonly<T[P]> }
    : T;
