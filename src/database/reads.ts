import type { JsonObject } from '../json.ts';
import { memoize } from '../memoize.ts';
import { compositeIdentity } from './rows/models.ts';
import type {
  Action,
  ApprovalPolicy,
  ChangeRequest,
  CollectionName,
  Event,
  Experiment,
  Membership,
  Organization,
  PersonalApiKey,
  Project,
  Row,
  User,
} from './rows/types.ts';
import { COLLECTIONS } from './rows/types.ts';
import type { Seed } from './seed.ts';
import { type Instant, parseInstant } from './time.ts';
import type { StoreState } from './writes.ts';

/** An experiment with its dates parsed. */
export interface DatedExperiment {
  readonly row: Experiment;
  readonly start: Instant | null;
  readonly end: Instant | null;
}

/** An event with its timestamp parsed. */
export interface DatedEvent {
  readonly row: Event;
  readonly instant: Instant;
}

/** The look-ups that answering a request needs. None of them scans or copies: rows are shared and frozen. */
export interface Reads {
  /** Increases with every write. */
  readonly revision: number;
  keys(): readonly PersonalApiKey[];
  /** Whether the packaged rows have a key with this value, which is therefore no secret. */
  isPackagedKey(value: string): boolean;
  keyByValue(value: string): PersonalApiKey | undefined;
  user(id: number): User | undefined;
  firstUser(): User | undefined;
  /** The ids of the users who are active. */
  activeUsers(): ReadonlySet<number>;
  organization(id: string): Organization | undefined;
  membership(userId: number, organizationId: string): Membership | undefined;
  projects(): readonly Project[];
  project(id: number): Project | undefined;
  firstProject(): Project | undefined;
  experimentsOf(projectId: number): readonly DatedExperiment[];
  action(id: number): Action | undefined;
  actionsOf(projectId: number): readonly Action[];
  /** Newest first. */
  eventsOf(projectId: number, event: string): readonly DatedEvent[];
  approvalPolicies(projectId: number, actionKey: string): readonly ApprovalPolicy[];
  changeRequests(): readonly ChangeRequest[];
  changeRequest(id: string): ChangeRequest | undefined;
  changeRequestsOf(projectId: number): readonly ChangeRequest[];
  /** Builds the indexes now rather than for the next request, which would wait for them where rows are many. */
  prepare(): void;
}

/** Opens the reads of a store. They always see its current rows. */
export function openReads(state: StoreState, packaged: Seed): Reads {
  const row = <K extends CollectionName>(collection: K, identity: unknown) =>
    state.tables[collection].lookup(identity) as Row<K> | undefined;
  const rows = <K extends CollectionName>(collection: K) =>
    state.tables[collection].rows() as readonly Row<K>[];
  return {
    get revision() {
      return state.revision;
    },
    keys: () => rows('personalApiKeys'),
    isPackagedKey: (value) => valuesOf(packaged.personalApiKeys).has(value),
    keyByValue: (value) => row('personalApiKeys', value),
    user: (id) => row('users', id),
    firstUser: () => rows('users')[0],
    activeUsers: () => activeUsersOf(state),
    organization: (id) => row('organizations', id),
    membership: (userId, organizationId) => membershipsByUser(state).get(userId)?.get(organizationId),
    projects: () => rows('projects'),
    project: (id) => row('projects', id),
    firstProject: () => rows('projects')[0],
    experimentsOf: (projectId) => experimentsByProject(state).get(projectId) ?? [],
    action: (id) => row('actions', id),
    actionsOf: (projectId) => actionsByProject(state).get(projectId) ?? [],
    eventsOf: (projectId, event) => eventsByName(state).get(compositeIdentity([projectId, event])) ?? [],
    approvalPolicies: (projectId, actionKey) =>
      policiesByAction(state).get(compositeIdentity([projectId, actionKey])) ?? [],
    changeRequests: () => rows('changeRequests'),
    changeRequest: (id) => row('changeRequests', id),
    changeRequestsOf: (projectId) => changeRequestsByProject(state).get(projectId) ?? [],
    prepare: () => {
      for (const collection of COLLECTIONS) state.tables[collection].rows();
      for (const index of INDEXES) index(state);
    },
  };
}

const INDEXES: ((state: StoreState) => unknown)[] = [];

/**
 * An index of the rows of a collection. It is built on first use and shared by all mocks that have the same array; a write
 * makes a new array, and so a new index.
 */
function openIndex<K extends CollectionName, T>(collection: K, build: (rows: readonly Row<K>[]) => T) {
  const indexOf = memoize(build);
  const index = ({ tables }: StoreState): T => indexOf(tables[collection].rows() as readonly Row<K>[]);
  INDEXES.push(index);
  return index;
}

const experimentsByProject = openIndex('experiments', (rows) =>
  groupBy(rows.map(readDates), ({ row }) => row.project_id),
);

const actionsByProject = openIndex('actions', (rows) => groupBy(rows, ({ project_id }) => project_id));

const eventsByName = openIndex('events', (rows) => {
  const newestFirst = rows.map(readTimestamp).sort((left, right) => right.instant - left.instant);
  return groupBy(newestFirst, ({ row }) => compositeIdentity([row.project_id, row.event]));
});

const policiesByAction = openIndex('approvalPolicies', (rows) =>
  groupBy(rows, ({ project_id, action_key }) => compositeIdentity([project_id, action_key])),
);

const activeUsersOf = openIndex(
  'users',
  (rows) => new Set(rows.filter(({ is_active }) => is_active).map(({ id }) => id)),
);

const changeRequestsByProject = openIndex('changeRequests', (rows) =>
  groupBy(rows, ({ project_id }) => project_id),
);

const valuesOf = memoize((keys: readonly JsonObject[]) => new Set(keys.map(({ value }) => value)));

const membershipsByUser = openIndex('memberships', (rows) => {
  const byUser = groupBy(rows, ({ user_id }) => user_id);
  return new Map(
    [...byUser].map(([user, of]) => [user, new Map(of.map((row) => [row.organization_id, row]))] as const),
  );
});

function groupBy<T, G>(items: readonly T[], groupOf: (item: T) => G): ReadonlyMap<G, readonly T[]> {
  const groups = new Map<G, T[]>();
  for (const item of items) {
    const group = groups.get(groupOf(item));
    if (group) group.push(item);
    else groups.set(groupOf(item), [item]);
  }
  return groups;
}

function readDates(row: Experiment): DatedExperiment {
  return {
    row,
    start: row.start_date === null ? null : instantOf(row.start_date),
    end: row.end_date === null ? null : instantOf(row.end_date),
  };
}

function readTimestamp(row: Event): DatedEvent {
  return { row, instant: instantOf(row.timestamp) };
}

/** Times in tables are absolute and checked, so parsing them always succeeds. */
function instantOf(time: string): Instant {
  return parseInstant(time, 0) ?? Number.NaN;
}
