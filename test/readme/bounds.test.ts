import { expect, it } from 'vitest';
import { MAX_DELAYED } from '../../src/adapters/delayed-replies.ts';
import * as http from '../../src/adapters/http.ts';
import { MAX_PIPELINED } from '../../src/adapters/line.ts';
import * as pipelines from '../../src/adapters/pipelines.ts';
import * as router from '../../src/contract/router.ts';
import { MAX_CACHED_HEADERS } from '../../src/mock/answer-check.ts';
import * as check from '../../src/mock/body-check.ts';
import { MAX_VIOLATIONS } from '../../src/mock/checks.ts';
import { MAX_UNDOCUMENTED_STATUSES } from '../../src/mock/coverage/counter.ts';
import * as used from '../../src/mock/coverage/used-parameters.ts';
import { MAX_DELAY_MS } from '../../src/mock/delay.ts';
import * as journal from '../../src/mock/journal/journal.ts';
import * as record from '../../src/mock/journal/record.ts';
import { MAX_BODY_LENGTH } from '../../src/mock/pact/body.ts';
import * as recorder from '../../src/mock/pact/recorder.ts';
import { MAX_DEPTH } from '../../src/mock/pact/shape.ts';
import * as problem from '../../src/mock/problem.ts';
import { MAX_CHECKED_LENGTH } from '../../src/mock/request-check/body.ts';
import { MAX_FINDINGS } from '../../src/mock/request-check/finding.ts';
import * as query from '../../src/mock/request-check/query.ts';
import { MAX_CHECKED_VALUES } from '../../src/mock/request-check/typed-value.ts';
import { MAX_WAITING as MAX_WAITING_CHOICES } from '../../src/mock/scenarios/choices.ts';
import { MAX_REASON_LENGTH } from '../../src/provider/posthog/approvals/change-requests.ts';
import * as room from '../../src/provider/posthog/approvals/room.ts';
import { MAX_KEYS } from '../../src/provider/posthog/throttle.ts';
import * as events from '../../src/server/control/event-stream.ts';
import * as input from '../../src/server/control/input.ts';
import { MAX_NAMES } from '../../src/server/control/member-names.ts';
import { MAX_BODIES_BYTES, MAX_CONTROL_BODY_BYTES } from '../../src/server/limit-bodies.ts';
import { MAX_CONNECTIONS } from '../../src/server/limit-connections.ts';
import * as rows from '../../src/server/row-limits.ts';
import * as sessions from '../../src/server/sessions.ts';
import { tableUnder } from './blocks.ts';

const mebibytes = (bytes: number) => `${bytes / 1_048_576} MiB`;
const characters = (count: number) => `${count} characters`;

/** In the order in which a request meets them. */
const BOUNDS: readonly (readonly [what: string, bound: string])[] = [
  ['connections', `${MAX_CONNECTIONS}`],
  ['requests of a connection that are worked on at a time', `${MAX_PIPELINED}`],
  [
    'requests that wait for those before them on their connections',
    `${pipelines.MAX_WAITING_REQUESTS}, for ${pipelines.MAX_TURN_MS / 1_000} s`,
  ],
  ['answers that wait for their delay', `${MAX_DELAYED}`],
  ['bodies that are being received, or whose answers have not been sent', mebibytes(MAX_BODIES_BYTES)],
  [
    'the body of a request',
    `${mebibytes(http.MAX_BODY_BYTES)} (bodyLimit); to the control plane ${mebibytes(MAX_CONTROL_BODY_BYTES)}`,
  ],
  ['the values of a body to the control plane', `${mebibytes(input.MAX_PARSED_BYTES)} of memory`],
  ['members of an object in such a body, outside of rows, and collections of rows', `${input.MAX_MEMBERS}`],
  ['different names of members in such a body', `${MAX_NAMES}`],
  ['a delay', `${MAX_DELAY_MS} ms`],
  ['findings of a problem', `${problem.MAX_ERRORS}, with ${characters(problem.MAX_ERROR_LENGTH)} each`],
  ["the path of a journal's entry", characters(record.MAX_PATH_LENGTH)],
  ['its query', characters(record.MAX_QUERY_LENGTH)],
  [
    'its request headers',
    `${characters(record.MAX_HEADERS_LENGTH)}, counting ${record.FIELD_LENGTH} for each`,
  ],
  ['its request body', characters(record.MAX_BODY_LENGTH)],
  ['its response body', characters(record.MAX_BODY_LENGTH)],
  ['the journal of a mock', `${journal.MAX_ENTRIES} entries, ${mebibytes(journal.MAX_JOURNAL_BYTES)}`],
  [
    'the journal of a session',
    `${journal.MAX_SESSION_ENTRIES} entries, ${mebibytes(journal.MAX_SESSION_JOURNAL_BYTES)}`,
  ],
  ['the journals of all sessions', mebibytes(sessions.MAX_ALL_JOURNAL_BYTES)],
  [
    "interactions of a mock's pact",
    `${recorder.MAX_INTERACTIONS}, ${mebibytes(recorder.MAX_INTERACTION_BYTES)}`,
  ],
  ['the body of an interaction', `${characters(MAX_BODY_LENGTH)} in ${MAX_DEPTH} levels`],
  ['the interactions of all sessions', mebibytes(sessions.MAX_ALL_INTERACTION_BYTES)],
  ["undocumented statuses of an operation in a mock's coverage", String(MAX_UNDOCUMENTED_STATUSES)],
  ['the coverage of all sessions', mebibytes(sessions.MAX_ALL_COVERAGE_BYTES)],
  [
    'sessions',
    `${sessions.MAX_SESSIONS} (sessions.max), for ${sessions.IDLE_TIMEOUT_MS / 60_000} minutes without a request (sessions.idleTimeout)`,
  ],
  ['rows that a request brings', `${rows.MAX_ROWS}`],
  ['rows that requests have brought into a mock', mebibytes(rows.MAX_ROW_BYTES)],
  ['the same with all its other rows, for GET and PUT fixtures', mebibytes(rows.MAX_SNAPSHOT_BYTES)],
  ['rows that requests have brought into all sessions', mebibytes(rows.MAX_ALL_ROW_BYTES)],
  ['scenarios with times that wait for one another, for each operation', `${MAX_WAITING_CHOICES}`],
  ['events that wait for a slow reader', `${events.MAX_WAITING}; for all readers ${events.MAX_ALL_WAITING}`],
  ['change requests', `${room.MAX_CHANGE_REQUESTS}, ${mebibytes(room.MAX_CHANGE_REQUEST_BYTES)}`],
  ['the reason of a rejection', characters(MAX_REASON_LENGTH)],
  ['keys that throttle counts', `${MAX_KEYS}`],
  [
    'routes that are remembered',
    `${router.MAX_CACHED_ROUTES}, with ${characters(router.MAX_CACHED_LENGTH)} each`,
  ],
  [
    'verdicts on queries',
    `${query.MAX_CACHED_QUERIES}, with ${characters(query.MAX_CACHED_LENGTH)} and ${query.MAX_CACHED_FINDINGS} findings each`,
  ],
  ['findings that are listed of a request, and violations of an answer', `${MAX_FINDINGS}`],
  [
    'the body of a request that is checked',
    `${characters(MAX_CHECKED_LENGTH)}, ${MAX_CHECKED_VALUES} values`,
  ],
  ['verdicts on headers', `${MAX_CACHED_HEADERS} for each response of the contract`],
  [
    'queries whose parameters are known to coverage',
    `${used.MAX_CACHED_QUERIES}, with ${characters(used.MAX_CACHED_LENGTH)} each`,
  ],
  [
    'verdicts on bodies',
    `${check.MAX_CACHED_BODIES} for each of ${check.MAX_CACHED_SCHEMAS} schemas, with ${characters(check.MAX_CACHED_LENGTH)} each`,
  ],
];

it('the table of bounds has those that are set', () => {
  expect(MAX_VIOLATIONS).toBe(MAX_FINDINGS);
  expect(rows.MAX_COLLECTIONS).toBe(input.MAX_MEMBERS);
  expect(tableUnder('Bounds').map(([what, bound]) => [what, bound])).toEqual(BOUNDS);
});
