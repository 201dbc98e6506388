import { describe, expect, it } from 'vitest';
import { createMock, type MockOptions } from '../../src/index.ts';
import { ask, FLAGS, NOW, PATHS, prefer, request, STATS } from './asking.ts';

type Responses = Record<string, { headers?: Record<string, object> } | undefined>;

/** A mock whose contract has other responses for an operation. */
function mockWith(
  change: (responses: Responses) => void,
  options: MockOptions = {},
  operation: string = STATS,
) {
  const document = structuredClone(createMock().contract.document);
  for (const path of Object.values(document.paths ?? {})) {
    if (path?.get?.operationId === operation) change((path.get.responses ?? {}) as Responses);
  }
  return createMock({ now: NOW, ...options, contract: document });
}

function errorsOf(body: string | null): unknown {
  return JSON.parse(body ?? '').errors;
}

describe('the status of an answer', () => {
  const without200 = (responses: Responses) => {
    responses['204'] = { headers: {} };
    delete responses['200'];
  };

  it('breaks the contract where a success is not documented', () => {
    const { status, body } = ask(mockWith(without200));
    expect(status).toBe(500);
    expect(errorsOf(body)).toEqual([
      {
        detail: `expected a status that ${STATS} has (204, 400, 401, 403, 404, 405, 406, 409, 429, 500, 502), found 200.`,
        in: 'status',
      },
    ]);
  });

  it.each(['2XX', '2xx', 'default'])('may be documented as %s', (range) => {
    const mock = mockWith((responses) => {
      responses[range] = { ...responses['200'] };
      delete responses['200'];
    });
    expect(ask(mock).status).toBe(200);
  });

  const unknownAction = { path: PATHS[FLAGS], query: 'actions=[{"id":999}]' };

  it('breaks the contract where an error of the operation is not among the documented ones', () => {
    const mock = mockWith((responses) => delete responses['400'], {}, FLAGS);
    expect(ask(mock, unknownAction).status).toBe(500);
  });

  it('is fine where the contract documents no errors at all', () => {
    const onlySuccess = (responses: Responses) => {
      for (const status of Object.keys(responses)) if (status !== '200') delete responses[status];
    };
    expect(ask(mockWith(onlySuccess, {}, FLAGS), unknownAction).status).toBe(400);
  });

  it('is fine where it follows from rules that all operations share', () => {
    const mock = mockWith((responses) => {
      for (const status of ['401', '404', '406']) delete responses[status];
    });
    expect(ask(mock, { headers: {} }).status).toBe(401);
    expect(ask(mock, { path: PATHS[STATS].replace('1', '999') }).status).toBe(404);
    expect(ask(mock, { headers: { ...request().headers, accept: 'text/html' } }).status).toBe(406);
  });

  it('is fine where a scenario is forced that the contract does not have', () => {
    const mock = mockWith((responses) => {
      delete responses['409'];
    });
    expect(prefer(mock, 'scenario=bad-gateway').status).toBe(502);
  });
});

describe('the headers of an answer', () => {
  const described = (headers: Record<string, object>) => (responses: Responses) => {
    responses['200'] = { ...responses['200'], headers: { ...responses['200']?.headers, ...headers } };
  };

  it.each<readonly [headers: Record<string, object>, errors: readonly object[]]>([
    [
      { 'X-Request-Id': { required: true, schema: { type: 'string' } } },
      [{ in: 'header', name: 'X-Request-Id', detail: 'expected a value, as it is required; found none.' }],
    ],
    [
      { allow: { schema: { type: 'integer' } } },
      [{ in: 'header', name: 'allow', detail: 'expected integer, found "GET, HEAD, OPTIONS".' }],
    ],
    [
      { allow: { schema: { type: 'array', items: { enum: ['GET', 'HEAD'], type: 'string' } } } },
      [
        {
          in: 'header',
          name: 'allow',
          pointer: '/2',
          detail: expect.stringContaining('expected one of "GET", "HEAD"'),
        },
      ],
    ],
  ])('break the contract: %j', (headers, errors) => {
    const { status, body } = ask(mockWith(described(headers)));
    expect(status).toBe(500);
    expect(errorsOf(body)).toEqual(errors);
  });

  it.each<Record<string, object>>([
    { 'X-Request-Id': { schema: { type: 'string' } } },
    { 'Content-Length': { required: true, schema: { type: 'integer' } } },
    { Allow: { required: true, schema: { type: 'array', items: { type: 'string' } } } },
    { Allow: { required: true } },
  ])('keep it: %j', (headers) => {
    expect(ask(mockWith(described(headers))).status).toBe(200);
  });
});

describe('the media type of an answer', () => {
  const as = (mediaType: string) => (responses: Responses) => {
    responses['200'] = { ...responses['200'], ...{ content: { [mediaType]: {} } } };
  };

  it('breaks the contract where it is not declared', () => {
    expect(errorsOf(ask(mockWith(as('application/hal+json'))).body)).toEqual([
      {
        in: 'header',
        name: 'Content-Type',
        detail: 'expected application/hal+json; found "application/json".',
      },
    ]);
  });

  it.each(['application/json; charset=utf-8', 'application/*', '*/*'])('keeps it: %s', (mediaType) => {
    expect(ask(mockWith(as(mediaType))).status).toBe(200);
  });
});

const withoutAllow = (responses: Responses) => {
  responses['200'] = {
    ...responses['200'],
    headers: { Allow: { schema: { const: 'GET', type: 'string' } } },
  };
};

describe("validate: 'error'", () => {
  it('keeps in the journal what would have been sent', () => {
    const mock = mockWith(withoutAllow);
    const { status } = ask(mock);
    const [entry] = mock.journal.entries;
    expect([status, entry?.status]).toEqual([500, 500]);
    expect(entry?.withheld).toEqual({
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: ask(createMock({ now: NOW })).body,
    });
    expect(entry?.violations).toEqual([
      { in: 'header', name: 'Allow', detail: 'expected "GET", found "GET, HEAD, OPTIONS".' },
    ]);
    expect(entry?.response?.body).toContain('MOCK_RESPONSE_INVALID');
  });
});

describe("validate: 'warn'", () => {
  it('sends the answer, and says in a header and the journal how it breaks the contract', () => {
    const mock = mockWith(withoutAllow, { validate: 'warn' });
    const { status, headers, body } = ask(mock);
    expect([status, body]).toEqual([200, ask(createMock({ now: NOW })).body]);
    expect(headers['x-mock-violations']).toBe(
      'The header "Allow": expected "GET", found "GET, HEAD, OPTIONS".',
    );
    const [entry] = mock.journal.entries;
    expect(entry).toMatchObject({
      status: 200,
      withheld: null,
      violations: [{ in: 'header', name: 'Allow' }],
    });
  });

  it('writes one line of printable ASCII that fits a header', () => {
    const mock = mockWith(
      (responses) => {
        const many = Array.from({ length: 100 }, (_, index) => [
          `X-\u00e9-${index}`,
          { required: true, schema: { type: 'string' } },
        ]);
        responses['200'] = { ...responses['200'], headers: Object.fromEntries(many) };
      },
      { validate: 'warn' },
    );
    expect(ask(mock).headers['x-mock-violations']).toMatch(/^[\x20-\x7e]{500,1000}$/);
    expect(mock.journal.entries[0]?.violations).toHaveLength(50);
  });

  it('has no such header where the answer keeps the contract', () => {
    expect(ask(createMock({ validate: 'warn' })).headers['x-mock-violations']).toBeUndefined();
  });
});

it("validate: 'off' looks at no answer", () => {
  const mock = mockWith(withoutAllow, { validate: 'off' });
  expect(ask(mock)).toMatchObject({ status: 200, checks: { violations: [] } });
});
