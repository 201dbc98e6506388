import type {
  Action,
  ApprovalPolicy,
  ChangeRequest,
  Event,
  Experiment,
  Membership,
  Organization,
  PersonalApiKey,
  Project,
  User,
} from './rows.ts';
import type { Instant } from './time.ts';

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
