import {
  answered,
  type Case,
  envelope,
  expectCase,
  FLAGS,
  forbidden,
  KEY,
  notFound,
  type OperationId,
  PATHS,
  STATS,
  unauthenticated,
} from '../case.ts';

/** The answers computed from the packaged rows, at any time. */
export const PACKAGED = {
  [STATS]: {
    launched_last_30d: 8,
    launched_previous_30d: 6,
    percent_change: 33.3,
    active_experiments: 11,
    completed_last_30d: 6,
  },
  [FLAGS]: { result: true },
};

const NAMES = { [STATS]: 'Stats', [FLAGS]: 'Requires flag implementation' };
const OPERATIONS: readonly OperationId[] = [STATS, FLAGS];

const NO_BODY = 'fetch sends no body with GET';
const TRIMMED = 'fetch trims the value of a header';
const NO_MATCH = 'MSW has a policy of its own for what no operation matches';
const NOT_PROVIDED = 'Authentication credentials were not provided.';
const ONLY_SOCKET = { fetch: NO_BODY, setupServer: NO_BODY, browser: NO_BODY };

const invalid = (where: string) => `Personal API key found in request ${where} is invalid.`;
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

function ofOperation(operation: OperationId): readonly Case[] {
  const path = PATHS[operation];
  const at = { operation };
  const ok = answered(200, PACKAGED[operation], at);
  const on = (project: string) => path.replace('/1/', `/${project}/`);
  const bare = path.slice(0, -1);
  const notAllowed = (method: string) =>
    answered(405, envelope('invalid_request', 'method_not_allowed', `Method "${method}" not allowed.`), at);
  const notAcceptable = answered(
    406,
    envelope('invalid_request', 'not_acceptable', 'Could not satisfy the request Accept header.'),
    at,
  );
  const options = answered(
    200,
    {
      name: NAMES[operation],
      description: '',
      renders: ['application/json'],
      parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
    },
    at,
  );
  const get = (name: string, path: string, expected: typeof ok, headers: Record<string, string> = KEY) =>
    expectCase(`${name} (${NAMES[operation]})`, { request: { path, headers } }, expected);
  const send = (name: string, method: string, expected: typeof ok, headers: Record<string, string> = KEY) =>
    expectCase(`${name} (${NAMES[operation]})`, { request: { path, method, headers } }, expected);
  return [
    get('a trailing slash', path, ok),
    get('no trailing slash', bare, ok),
    get('a format suffix', `${bare}.json`, ok),
    get('the current project', on('@current'), ok),
    get('the placeholder of the reference', on(':project_id'), ok),
    get('an escape in the path', path.replace('experiments', 'ex%70eriments'), ok),
    get('a key that may write', path, ok, bearer('phx_all_access')),
    get('the format parameter json', `${path}?format=json`, ok),
    get('another format', `${path}?format=xml`, notFound('Not found.', at)),
    get('a suffix of another format', `${bare}.xml`, notFound('Not found.', at)),
    get('a project that does not exist', on('999'), notFound('Project not found.', at)),
    get('a project that is not a number', on('abc'), notFound('Project not found.', at)),
    get(
      'no current project',
      on('@current'),
      notFound('Project not found.', at),
      bearer('phx_no_current_project'),
    ),
    get('no key', path, unauthenticated('not_authenticated', NOT_PROVIDED, at), {}),
    get('another scheme', path, unauthenticated('not_authenticated', NOT_PROVIDED, at), {
      authorization: 'Token phx_experiment_read',
    }),
    get('bearer in lower case', path, unauthenticated('not_authenticated', NOT_PROVIDED, at), {
      authorization: 'bearer phx_experiment_read',
    }),
    get(
      'an unknown key',
      path,
      unauthenticated('authentication_failed', invalid('Authorization header'), at),
      bearer('phx_nobody'),
    ),
    get(
      'a project key',
      path,
      unauthenticated('authentication_failed', invalid('Authorization header'), at),
      bearer('phc_project'),
    ),
    get(
      'the key of an inactive user',
      path,
      unauthenticated('authentication_failed', invalid('Authorization header'), at),
      bearer('phx_inactive_user'),
    ),
    get('a key in the query', `${path}?personal_api_key=phx_experiment_read`, ok, {}),
    get(
      'an unknown key in the query',
      `${path}?personal_api_key=phx_nobody`,
      unauthenticated('authentication_failed', invalid('query string'), at),
      {},
    ),
    get(
      'a key without the scope',
      path,
      forbidden("API key missing required scope 'experiment:read'", at),
      bearer('phx_no_experiment_scope'),
    ),
    get(
      'a key for another project',
      path,
      forbidden('API key does not have access to the requested project: ID 1.', at),
      bearer('phx_other_project_only'),
    ),
    get(
      'a key for another organisation',
      path,
      forbidden(
        'API key does not have access to the requested organization: ID 0f1e2d3c-0001-4a6b-8c9d-000000000001.',
        at,
      ),
      bearer('phx_other_organization_only'),
    ),
    get(
      'the key of an outsider',
      path,
      forbidden("You don't have access to the project.", at),
      bearer('phx_outsider'),
    ),
    get(
      'a project under access control',
      on('4'),
      forbidden('You do not have viewer access to this resource.', at),
    ),
    get(
      'an organisation that forbids keys',
      on('5'),
      forbidden(
        "Organization 'Quiet Harbor Bank' does not allow using personal API keys. Contact an admin to enable personal API keys for this organization.",
        at,
      ),
      bearer('phx_forbidding_organization_member'),
    ),
    send('HEAD', 'HEAD', { ...ok, body: '' }),
    send('HEAD without a key', 'HEAD', { ...unauthenticated('not_authenticated', '', at), body: '' }, {}),
    send('OPTIONS', 'OPTIONS', options),
    send('OPTIONS without a key', 'OPTIONS', unauthenticated('not_authenticated', NOT_PROVIDED, at), {}),
    send('POST', 'POST', notAllowed('POST')),
    send('PUT', 'PUT', notAllowed('PUT')),
    send('PATCH', 'PATCH', notAllowed('PATCH')),
    send('DELETE', 'DELETE', notAllowed('DELETE')),
    send('POST without a key', 'POST', unauthenticated('not_authenticated', NOT_PROVIDED, at), {}),
    send(
      'POST with a key without the scope',
      'POST',
      forbidden("API key missing required scope 'experiment:read'", at),
      bearer('phx_no_experiment_scope'),
    ),
    get('a client that accepts any application type', path, ok, { ...KEY, accept: 'application/*' }),
    get('a client that prefers HTML', path, ok, { ...KEY, accept: 'text/html, */*;q=0.1' }),
    get('a client that accepts HTML only', path, notAcceptable, { ...KEY, accept: 'text/html' }),
    get('a client that accepts an invalid media type', path, notAcceptable, {
      ...KEY,
      accept: 'application/json/x',
    }),
    get('negotiation comes before authentication', path, notAcceptable, { accept: 'text/html' }),
    expectCase(
      `a key in a JSON body (${NAMES[operation]})`,
      {
        request: {
          path,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"personal_api_key":"phx_nobody"}',
        },
      },
      unauthenticated('authentication_failed', invalid('body'), at),
    ),
    expectCase(
      `a key in a form (${NAMES[operation]})`,
      {
        request: {
          path,
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: 'personal_api_key=phx_experiment_read',
        },
      },
      notAllowed('POST'),
    ),
    expectCase(
      `a key in a JSON body with a byte order mark (${NAMES[operation]})`,
      {
        request: {
          path,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '\ufeff{"personal_api_key":"phx_experiment_read"}',
        },
      },
      notAllowed('POST'),
    ),
    expectCase(
      `a key in the body of a GET (${NAMES[operation]})`,
      {
        request: {
          path,
          headers: { 'content-type': 'application/json' },
          body: '{"personal_api_key":"phx_experiment_read"}',
        },
        except: ONLY_SOCKET,
      },
      ok,
    ),
    expectCase(
      `auth off (${NAMES[operation]})`,
      { options: { auth: 'off' }, request: { path, headers: {} } },
      ok,
    ),
  ];
}

const hintOfPlural =
  'Nearest operation: GET /api/projects/{project_id}/experiments/stats/. Differs: segment 4 is "experiment" where the contract has "experiments".';

/** Requests that only some platforms can send, or that no operation matches. */
const ODD: readonly Case[] = [
  expectCase(
    'TRACE',
    {
      request: { method: 'TRACE' },
      except: {
        fetch: 'fetch forbids TRACE',
        setupServer: 'fetch forbids TRACE',
        browser: 'fetch forbids TRACE',
      },
    },
    answered(405, envelope('invalid_request', 'method_not_allowed', 'Method "TRACE" not allowed.')),
  ),
  expectCase(
    'white space after Bearer',
    {
      request: { headers: { authorization: 'Bearer \t phx_experiment_read  ' } },
      except: { fetch: TRIMMED, setupServer: TRIMMED, browser: TRIMMED },
    },
    answered(200, PACKAGED[STATS]),
  ),
  expectCase(
    'a path of PostHog that the contract does not have',
    {
      request: { path: '/api/projects/1/experiment/stats/' },
      except: { setupServer: NO_MATCH, browser: NO_MATCH },
    },
    {
      status: 404,
      headers: { 'content-type': 'application/json', 'x-mock-hint': hintOfPlural },
      body: JSON.stringify(envelope('invalid_request', 'not_found', 'Endpoint not found.')),
    },
  ),
];

/** Answered as PostHog does, with a hint. */
const HINTED: readonly Case[] = [
  expectCase(
    'events in brackets, as generated clients send them',
    { request: { path: `${PATHS[FLAGS]}?events[0][id]=booking_completed&events[0][type]=events` } },
    answered(200, PACKAGED[FLAGS], { operation: FLAGS }),
  ),
  expectCase(
    'a parameter that the contract does not have',
    { request: { path: `${PATHS[STATS]}?refresh=true` } },
    answered(200, PACKAGED[STATS]),
  ),
  expectCase(
    'a name where events are a JSON array',
    { request: { path: `${PATHS[FLAGS]}?events=booking_completed` } },
    answered(500, envelope('server_error', 'error', 'A server error occurred.'), { operation: FLAGS }),
  ),
];

export const CHECKS: readonly Case[] = [...OPERATIONS.flatMap(ofOperation), ...ODD, ...HINTED];
