import { describe, expect, it } from 'vitest';
import { createMock, type MockOptions } from '../../src/index.ts';
import { ask, FLAGS, NOW, PATHS, prefer, STATS } from './asking.ts';

interface Document {
  readonly components: {
    readonly schemas: {
      readonly ExperimentStats: { readonly required: string[]; readonly properties: Record<string, object> };
      readonly Error: { readonly properties: Record<string, object> };
      readonly ApprovalRequired: { readonly properties: Record<string, object> };
    };
  };
  readonly paths: Record<string, { readonly get: { readonly responses: Record<string, unknown> } }>;
}

/** A mock of the packaged contract with a change, without the examples that the change would break. */
function changed(change: (document: Document) => void, options: MockOptions = {}) {
  const text = JSON.stringify(createMock().contract.document, (key, value) =>
    key === 'examples' || key === 'example' ? undefined : value,
  );
  const document: Document = JSON.parse(text);
  change(document);
  return createMock({ now: NOW, ...options, contract: document });
}

function stricter({ components }: Document): void {
  const { properties } = components.schemas.ExperimentStats;
  properties.active_experiments = { type: 'integer', maximum: 0 };
  properties.launched_last_30d = { type: 'string' };
}

describe('an answer that breaks the contract', () => {
  it('becomes a 500 problem with a pointer to every mistake', () => {
    const { status, headers, body } = ask(changed(stricter));
    expect(status).toBe(500);
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json',
      'x-mock-operation': STATS,
      'x-mock-scenario': 'ok',
      'x-mock-source': 'database',
    });
    expect(JSON.parse(body ?? '')).toEqual({
      type: 'urn:posthog-experiments-mock:mock-response-invalid',
      title: 'The answer breaks the contract',
      status: 500,
      detail: `The answer of ${STATS} with status 200 breaks what the contract has for it.`,
      code: 'MOCK_RESPONSE_INVALID',
      errors: [
        { in: 'body', pointer: '/launched_last_30d', detail: expect.any(String) },
        { in: 'body', pointer: '/active_experiments', detail: expect.any(String) },
      ],
    });
  });

  it('fails every time, and only for its operation', () => {
    const mock = changed(stricter);
    expect([ask(mock).status, ask(mock).status]).toEqual([500, 500]);
    expect(ask(mock, { path: PATHS[FLAGS] }).status).toBe(200);
  });

  it('is a 500 for HEAD and in the journal', () => {
    const mock = changed(stricter);
    expect(ask(mock, { method: 'HEAD' })).toMatchObject({ status: 500, body: null });
    expect(mock.journal.entries).toMatchObject([{ status: 500, scenario: 'ok' }]);
  });

  it('is sent when validate is off', () => {
    expect(ask(changed(stricter, { validate: 'off' })).status).toBe(200);
  });

  it('is detected anew after the rows change', () => {
    const mock = changed(({ components }) => {
      components.schemas.ExperimentStats.properties.active_experiments = { type: 'integer', maximum: 0 };
    });
    expect(ask(mock).status).toBe(500);
    mock.database.experiments.delete({ project_id: 1 });
    expect(ask(mock).status).toBe(200);
    mock.reset();
    expect(ask(mock).status).toBe(500);
  });

  it('can be a forced answer that depends on rows', () => {
    const contract = structuredClone(createMock().contract.document) as unknown as Document;
    contract.components.schemas.ApprovalRequired.properties.resource_id = { const: '101' };
    const mock = createMock({ contract, now: NOW, scenario: 'approval-required' });
    expect(ask(mock).status).toBe(409);
    mock.database.experiments.delete({ id: 1 });
    const { status, headers, body } = ask(mock);
    expect(status).toBe(500);
    expect(headers).toMatchObject({ 'x-mock-scenario': 'approval-required', 'x-mock-source': 'responder' });
    expect(JSON.parse(body ?? '').errors).toMatchObject([{ in: 'body', pointer: '/resource_id' }]);
  });

  it('can be a refusal', () => {
    const mock = changed(({ components }) => {
      components.schemas.Error.properties.code = { const: 'other' };
    });
    expect(JSON.parse(ask(mock, { headers: {} }).body ?? '').errors).toMatchObject([{ pointer: '/code' }]);
  });
});

describe('an answer that the contract does not describe is not checked:', () => {
  const strict = (document: Document) => {
    stricter(document);
    document.components.schemas.Error.properties.code = { const: 'other' };
  };

  it.each([
    { case: 'OPTIONS', changes: { method: 'OPTIONS' }, status: 200 },
    { case: 'another method', changes: { method: 'POST' }, status: 405 },
    { case: 'a path that does not match', changes: { path: '/api/nothing/' }, status: 404 },
  ])('$case', ({ changes, status }) => {
    expect(ask(changed(strict), changes).status).toBe(status);
  });

  it('a problem of the mock', () => {
    expect(prefer(changed(strict), 'scenario=nope').status).toBe(400);
  });

  it('a body left empty by the scenario', () => {
    expect(prefer(changed(strict), 'scenario=documented')).toMatchObject({ status: 200, body: null });
  });

  it('a status missing from the contract, unless a range or default covers it', () => {
    const without = (name: string | null) =>
      changed((document) => {
        strict(document);
        for (const { get } of Object.values(document.paths)) {
          if (name !== null) get.responses[name] = get.responses['401'];
          delete get.responses['401'];
        }
      });
    expect(ask(without(null), { headers: {} }).status).toBe(401);
    expect(ask(without('4XX'), { headers: {} }).status).toBe(500);
    expect(ask(without('default'), { headers: {} }).status).toBe(500);
  });
});
