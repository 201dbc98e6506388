/** The bodies of the packaged contract's operations, for code that reads them. */
import type { components } from './generated/openapi.ts';

type Schemas = components['schemas'];

/** The 200 of `experiments_stats_retrieve`. */
export type ExperimentStats = Schemas['ExperimentStats'];

/** The 200 of `experiments_requires_flag_implementation_retrieve`. */
export type FlagImplementation = Schemas['FlagImplementation'];

/** PostHog's errors, except the 409. */
export type PosthogError = Schemas['Error'];

/** The 409: a change that waits for approval. */
export type ApprovalRequired = Schemas['ApprovalRequired'];
