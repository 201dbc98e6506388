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
import { type Instant, parseInstant } from './time.ts';
import type { StoreState } from './writes.ts';

/** An experiment with its dates already read. */
export interface DatedExperiment {
  readonly row: Experiment;
  readonly start: Instant | null;
  readonly end: Instant | null;
}

/** An event with its timestamp already read. */
export interface DatedEvent {
  readonly row: Event;
  readonly instant: Instant;
}

/** What answering a request reads. Nothing here scans or copies; the rows are shared and frozen. */
export interface Reads {
  /** Grows with every write. */
  readonly revision: number;
  keyByValue(value: string): PersonalApiKey | undefined;
  user(id: number): User | undefined;
  firstUser(): User | undefined;
  organization(id: string): Organization | undefined;
  membership(userId: number, organizationId: string): Membership | undefined;
  project(id: number): Project | undefined;
  firstProject(): Project | undefined;
  experimentsOf(projectId: number): readonly DatedExperiment[];
  action(id: number): Action | undefined;
  /** Newest first. */
  eventsOf(projectId: number, event: string): readonly DatedEvent[];
  approvalPolicies(projectId: number, actionKey: string): readonly ApprovalPolicy[];
  changeRequestsOf(projectId: number): readonly ChangeRequest[];
}

/** Reads of what a store holds at the time. */
export function openReads(held: StoreState): Reads {
  const row = <K extends CollectionName>(collection: K, identity: unknown) =>
    held.tables[collection].lookup(identity) as Row<K> | undefined;
  const experiments = index(held, 'experiments', experimentsByProject);
  const events = index(held, 'events', eventsByName);
  const policies = index(held, 'approvalPolicies', policiesByAction);
  const changeRequests = index(held, 'changeRequests', changeRequestsByProject);
  const memberships = index(held, 'memberships', membershipsByUser);
  const users = index(held, 'users', (rows) => rows);
  const projects = index(held, 'projects', (rows) => rows);
  return {
    get revision() {
      return held.revision;
    },
    keyByValue: (value) => row('personalApiKeys', value),
    user: (id) => row('users', id),
    firstUser: () => users()[0],
    organization: (id) => row('organizations', id),
    membership: (userId, organizationId) => memberships().get(userId)?.get(organizationId),
    project: (id) => row('projects', id),
    firstProject: () => projects()[0],
    experimentsOf: (projectId) => experiments().get(projectId) ?? [],
    action: (id) => row('actions', id),
    eventsOf: (projectId, event) => events().get(compositeIdentity([projectId, event])) ?? [],
    approvalPolicies: (projectId, actionKey) =>
      policies().get(compositeIdentity([projectId, actionKey])) ?? [],
    changeRequestsOf: (projectId) => changeRequests().get(projectId) ?? [],
  };
}

// Rows are frozen, so what is built from the same ones can be shared by all who have them.

const experimentsByProject = memoize((rows: readonly Experiment[]) =>
  grouped(rows.map(dated), ({ row }) => row.project_id),
);

const eventsByName = memoize((rows: readonly Event[]) => {
  const newestFirst = rows.map(timed).sort((left, right) => right.instant - left.instant);
  return grouped(newestFirst, ({ row }) => compositeIdentity([row.project_id, row.event]));
});

const policiesByAction = memoize((rows: readonly ApprovalPolicy[]) =>
  grouped(rows, ({ project_id, action_key }) => compositeIdentity([project_id, action_key])),
);

const changeRequestsByProject = memoize((rows: readonly ChangeRequest[]) =>
  grouped(rows, ({ project_id }) => project_id),
);

const membershipsByUser = memoize((rows: readonly Membership[]) => {
  const byUser = grouped(rows, ({ user_id }) => user_id);
  return new Map(
    [...byUser].map(([user, of]) => [user, new Map(of.map((row) => [row.organization_id, row]))] as const),
  );
});

/** Something built from the rows of a collection on first use, and again after the collection was written to. */
function index<K extends CollectionName, T>(
  held: StoreState,
  collection: K,
  build: (rows: readonly Row<K>[]) => T,
): () => T {
  let last: { readonly rows: unknown; readonly built: T } | undefined;
  return () => {
    const rows = held.tables[collection].rows();
    if (last?.rows !== rows) last = { rows, built: build(rows as readonly Row<K>[]) };
    return last.built;
  };
}

function grouped<T, G>(items: readonly T[], groupOf: (item: T) => G): ReadonlyMap<G, readonly T[]> {
  const groups = new Map<G, T[]>();
  for (const item of items) {
    const group = groups.get(groupOf(item));
    if (group) group.push(item);
    else groups.set(groupOf(item), [item]);
  }
  return groups;
}

function dated(row: Experiment): DatedExperiment {
  return {
    row,
    start: row.start_date === null ? null : instantOf(row.start_date),
    end: row.end_date === null ? null : instantOf(row.end_date),
  };
}

function timed(row: Event): DatedEvent {
  return { row, instant: instantOf(row.timestamp) };
}

/** Times in tables are absolute and have been checked, so there is always an instant. */
function instantOf(time: string): Instant {
  return parseInstant(time, 0) ?? Number.NaN;
}
