import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMock } from '../../../src/index.ts';
import { type ask, FLAGS, NOW, PATHS, prefer, request, STATS } from '../asking.ts';

const mock = createMock({ now: NOW });

/** The effect of a preference on the answer. */
function applied(preferences: string, path: string = PATHS[STATS]) {
  const { status, headers, delayMs } = prefer(mock, preferences, { path });
  return {
    status,
    scenario: headers['x-mock-scenario'],
    echo: headers['preference-applied'],
    ...(delayMs > 0 && { delayMs }),
  };
}

describe('Prefer', () => {
  const throttled = { status: 429, scenario: 'throttled', echo: 'scenario=throttled' };
  const nothing = { status: 200, scenario: 'ok', echo: undefined };

  it.each([
    { case: 'nothing', sent: '', result: nothing },
    { case: 'separators only', sent: ' , ;, ', result: nothing },
    { case: 'a scenario', sent: 'scenario=throttled', result: throttled },
    {
      case: 'its alias, which is echoed',
      sent: 'example=throttled',
      result: { ...throttled, echo: 'example=throttled' },
    },
    { case: 'a quoted value', sent: 'scenario="throttled"', result: throttled },
    { case: 'an escape in quotes', sent: 'scenario="thro\\ttled"', result: throttled },
    { case: 'white space around the equals sign', sent: '  scenario \t=  throttled  ', result: throttled },
    { case: 'an upper-case name', sent: 'SCENARIO=throttled', result: throttled },
    { case: 'empty elements of the list', sent: ',, scenario=throttled ,,', result: throttled },
    {
      case: 'other preferences',
      sent: 'respond-async, wait=10, scenario=throttled, handling=lenient',
      result: throttled,
    },
    {
      case: 'parameters of other preferences',
      sent: 'return=minimal; a="b, code=500", scenario=throttled',
      result: throttled,
    },
    {
      case: 'semicolons between preferences',
      sent: 'foo;delay=7;scenario=throttled',
      result: { ...throttled, echo: 'delay=7, scenario=throttled', delayMs: 7 },
    },
    {
      case: 'a separator within quotes, which is part of the value',
      sent: 'foo="scenario=server-error, code=404; delay=9", scenario=throttled',
      result: throttled,
    },
    {
      case: 'an escaped quote within quotes',
      sent: 'foo="\\", scenario=server-error", scenario=throttled',
      result: throttled,
    },
    {
      case: 'invalid parts before valid ones',
      sent: '"foo", =bar, scenario=throttled',
      result: throttled,
    },
    {
      case: 'the first of several scenarios',
      sent: 'scenario=throttled, scenario=server-error, example=bad-gateway',
      result: throttled,
    },
    {
      case: 'the alias when it comes first',
      sent: 'example=throttled, scenario=server-error',
      result: { ...throttled, echo: 'example=throttled' },
    },
    { case: 'a scenario before a code', sent: 'code=500, scenario=throttled', result: throttled },
    {
      case: 'a scenario before a code that does not exist',
      sent: 'code=999, scenario=throttled',
      result: throttled,
    },
    { case: 'a code', sent: 'code=429', result: { ...throttled, echo: 'code=429' } },
    { case: 'a quoted code', sent: 'Code="429"', result: { ...throttled, echo: 'code=429' } },
    {
      case: 'a code, which chooses the first scenario that has it',
      sent: 'code=403',
      result: { status: 403, scenario: 'missing-scope', echo: 'code=403' },
    },
    {
      case: 'the first of several codes',
      sent: 'code=429, code=500',
      result: { ...throttled, echo: 'code=429' },
    },
    { case: 'success', sent: 'code=200', result: { ...nothing, echo: 'code=200' } },
    { case: 'ok', sent: 'scenario=ok', result: { ...nothing, echo: 'scenario=ok' } },
    { case: 'no delay', sent: 'delay=0', result: { ...nothing, echo: 'delay=0' } },
    {
      case: 'the longest delay',
      sent: 'delay=60000',
      result: { ...nothing, echo: 'delay=60000', delayMs: 60_000 },
    },
    {
      case: 'the first of several delays',
      sent: 'delay=5, delay=6',
      result: { ...nothing, echo: 'delay=5', delayMs: 5 },
    },
    { case: 'names of Object.prototype', sent: 'constructor=1, __proto__=2', result: nothing },
  ])('takes $case', ({ sent, result }) => {
    expect(applied(sent)).toEqual(result);
  });

  it.each([
    { sent: 'DELAY=3, Scenario=throttled', echo: 'delay=3, scenario=throttled' },
    { sent: 'example=throttled; foo; delay=3', echo: 'example=throttled, delay=3' },
    { sent: 'code=500, delay=3, scenario=throttled', echo: 'delay=3, scenario=throttled' },
  ])('$sent is echoed in the order it was sent', ({ sent, echo }) => {
    expect(applied(sent)).toMatchObject({ echo, delayMs: 3 });
  });

  it.each([
    { case: 'a scenario', sent: 'scenario=trend-up, delay=4' },
    { case: 'a code', sent: 'code=502, delay=4' },
  ])('answers ok when only another operation has $case, and echoes the rest', ({ sent }) => {
    const contract = structuredClone(mock.contract.document) as {
      paths: Record<string, { get: { responses: Record<string, unknown> } }>;
    };
    const [flags] = Object.values(contract.paths);
    if (flags) delete flags.get.responses['502'];
    const { headers, ...reply } = prefer(createMock({ contract }), sent, { path: PATHS[FLAGS] });
    expect(reply).toMatchObject({ status: 200, delayMs: 4 });
    expect(headers).toMatchObject({ 'x-mock-scenario': 'ok', 'preference-applied': 'delay=4' });
  });

  it('echoes the scenario only if it produced the answer', () => {
    const sent = 'scenario=throttled, delay=4';
    const echo = (changes: Parameters<typeof ask>[1]) =>
      prefer(mock, sent, changes).headers['preference-applied'];
    expect(echo({})).toBe('scenario=throttled, delay=4');
    expect(echo({ query: 'format=csv' })).toBe('delay=4');
    expect(echo({ method: 'POST' })).toBe('delay=4');
    expect(echo({ method: 'OPTIONS' })).toBe('delay=4');
  });

  it.each([200, 201])('treats the code %d as success when success is 201', (code) => {
    const contract = {
      openapi: '3.1.0',
      paths: {
        '/a': {
          get: { responses: { 201: { content: { 'text/plain': { examples: { b: { value: 'c' } } } } } } },
        },
      },
    };
    expect(prefer(createMock({ contract }), `code=${code}`, { path: '/a' })).toMatchObject({
      status: 201,
      headers: { 'x-mock-scenario': 'ok', 'preference-applied': `code=${code}` },
    });
  });

  it('quotes an echo that is not a token', () => {
    const contract = {
      openapi: '3.1.0',
      paths: {
        '/a': {
          get: {
            responses: {
              200: { content: { 'application/json': { examples: { 'so "so"': { value: 1 } } } } },
            },
          },
        },
      },
    };
    const { body, headers } = prefer(createMock({ contract }), 'scenario="so \\"so\\""', { path: '/a' });
    expect(body).toBe('1');
    expect(headers['preference-applied']).toBe('scenario="so \\"so\\""');
  });
});

describe('an invalid preference is a 400 problem:', () => {
  it.each([
    {
      sent: 'scenario=trottled',
      code: 'PREFERENCE_UNKNOWN',
      detail:
        /^There is no scenario "trottled"\. Did you mean "throttled"\? The contract has: ok, .*no-change\.$/,
    },
    {
      sent: 'example=nope',
      code: 'PREFERENCE_UNKNOWN',
      detail: /^There is no scenario "nope"\. The contract/,
    },
    { sent: 'scenario=OK', code: 'PREFERENCE_UNKNOWN', detail: /^There is no scenario "OK"\./ },
    {
      sent: 'scenario',
      code: 'PREFERENCE_UNKNOWN',
      detail:
        /^"scenario" in Prefer has no value: preferences are written scenario=NAME, code=NNN and delay=MS\.$/,
    },
    {
      sent: 'scenario throttled',
      code: 'PREFERENCE_UNKNOWN',
      detail:
        /^"scenario" in Prefer has no value: preferences are written scenario=NAME, code=NNN and delay=MS\.$/,
    },
    {
      sent: 'example=',
      code: 'PREFERENCE_UNKNOWN',
      detail:
        /^"example" in Prefer has no value: preferences are written scenario=NAME, code=NNN and delay=MS\.$/,
    },
    {
      sent: 'scenario="throttled',
      code: 'PREFERENCE_UNKNOWN',
      detail:
        /^"scenario" in Prefer has no value: preferences are written scenario=NAME, code=NNN and delay=MS\.$/,
    },
    { sent: 'scenario=__proto__', code: 'PREFERENCE_UNKNOWN', detail: /^There is no scenario "__proto__"\./ },
    {
      sent: 'code=418',
      code: 'PREFERENCE_UNKNOWN',
      detail: /: 200, 400, 401, 403, 404, 405, 406, 409, 429, 500, 502\.$/,
    },
    { sent: 'code=0200', code: 'PREFERENCE_UNKNOWN', detail: /^There is no status code "0200"\./ },
    { sent: 'code=2e2', code: 'PREFERENCE_UNKNOWN', detail: /^There is no status code "2e2"\./ },
    {
      sent: 'code 429',
      code: 'PREFERENCE_UNKNOWN',
      detail:
        /^"code" in Prefer has no value: preferences are written scenario=NAME, code=NNN and delay=MS\.$/,
    },
    {
      sent: 'delay=60001',
      code: 'REQUEST_INVALID',
      detail: /^"delay" is whole milliseconds from 0 to 60000; found "60001"\.$/,
    },
    { sent: 'delay=-1', code: 'REQUEST_INVALID', detail: /found "-1"/ },
    { sent: 'delay=1.5', code: 'REQUEST_INVALID', detail: /found "1\.5"/ },
    { sent: 'delay=1e3', code: 'REQUEST_INVALID', detail: /found "1e3"/ },
    {
      sent: 'delay 5',
      code: 'REQUEST_INVALID',
      detail:
        /^"delay" in Prefer has no value: preferences are written scenario=NAME, code=NNN and delay=MS\.$/,
    },
    { sent: 'scenario=phx_secret', code: 'PREFERENCE_UNKNOWN', detail: /^There is no scenario "phx_…"\./ },
  ])('$sent', ({ sent, code, detail }) => {
    const { status, headers, body, delayMs } = prefer(mock, sent);
    const type = `urn:posthog-experiments-mock:${code.toLowerCase().replace('_', '-')}`;
    expect({ status, delayMs }).toEqual({ status: 400, delayMs: 0 });
    expect(headers).toMatchObject({ 'content-type': 'application/problem+json', vary: 'Prefer' });
    expect(headers['preference-applied']).toBeUndefined();
    expect(JSON.parse(body ?? '')).toMatchObject({
      type,
      status,
      code,
      detail: expect.stringMatching(detail),
      errors: [{ in: 'header', name: 'Prefer' }],
    });
  });
});

describe('any preference', () => {
  const name = fc.constantFrom('scenario', 'Example', 'code', 'DELAY', 'foo');
  const value = fc.constantFrom('throttled', '"trend-up"', 'ok', '200', '500', '0', '9', 'x y', '"', '');
  const preferences = fc
    .array(fc.tuple(name, fc.constantFrom('=', ' = ', ''), value, fc.constantFrom(', ', ';', ' ')))
    .map((parts) => parts.flat().join(''));

  it('never throws, and echoes only preferences that were sent', () => {
    fc.assert(
      fc.property(fc.oneof(preferences, fc.string(), fc.string({ unit: 'binary' })), (sent) => {
        const { headers } = prefer(mock, sent);
        const echo = headers['preference-applied'] ?? '';
        const plain = sent.toLowerCase().replaceAll(/["\\\s]/g, '');
        for (const preference of echo.split(', ')) expect(plain).toContain(preference);
      }),
      { numRuns: 500 },
    );
  });

  it('gets an answer when it is long', () => {
    for (const unit of [' ', '"', '\\', '=', 'a="', '\\"', 'a=" ,', '; \t']) {
      const sent = unit.repeat(16_000 / unit.length);
      expect(mock.answer(request({ headers: { prefer: sent } })).kind).toBe('response');
    }
  });
});
