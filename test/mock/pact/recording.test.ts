import { describe, expect, it } from 'vitest';
import { createMock, mergePacts, UsageTypeError } from '../../../src/index.ts';
import { Budget } from '../../../src/mock/budget.ts';
import { MAX_ENTRIES } from '../../../src/mock/journal/journal.ts';
import { MAX_INTERACTIONS } from '../../../src/mock/pact/recorder.ts';
import { servedOf } from '../../../src/mock/served.ts';
import { createRowLimit } from '../../../src/server/row-limits.ts';
import { ask, NOW, PATHS, prefer, STATS } from '../asking.ts';
import { leftOutOf, NAMES } from './asking.ts';

const open = () => createMock({ now: NOW });

/** The statuses in a pact, in the order of their first use. */
function statusesOf(mock: Pick<ReturnType<typeof open>, 'pact'>): readonly number[] {
  return mock.pact(NAMES).interactions.map(({ response }) => response.status);
}

describe('the first pact', () => {
  it('has what the journal has, in the order of first use', () => {
    const mock = open();
    for (const code of [429, 200, 500, 429]) prefer(mock, `code=${code}`);
    expect(statusesOf(mock)).toEqual([429, 200, 500]);
  });

  it('lacks what the journal has dropped', () => {
    const mock = open();
    prefer(mock, 'code=429');
    for (let count = 0; count < MAX_ENTRIES; count += 1) ask(mock);
    expect(statusesOf(mock)).toEqual([200]);
  });
});

describe('later ones', () => {
  it('have all that came since, whatever the journal drops', () => {
    const mock = open();
    mock.pact(NAMES);
    prefer(mock, 'code=429');
    for (let count = 0; count < MAX_ENTRIES; count += 1) ask(mock);
    expect(statusesOf(mock)).toEqual([429, 200]);
  });

  it('have what came before a reset, or before the journal was cleared', () => {
    const mock = open();
    mock.pact(NAMES);
    prefer(mock, 'code=429');
    mock.reset();
    prefer(mock, 'code=500');
    mock.journal.clear();
    expect(statusesOf(mock)).toEqual([429, 500]);
  });

  it('have what sessions were asked, and count what they left out', () => {
    const mock = open();
    mock.pact(NAMES);
    {
      using session = mock.session({ scenario: 'throttled' });
      ask(session);
      ask(session, { path: '/api/other/' });
    }
    expect(statusesOf(mock)).toEqual([429]);
    expect(leftOutOf(mock.pact(NAMES))).toEqual({ unmatched: 1 });
  });

  it('leave out and count what is too much', () => {
    const mock = open();
    mock.pact(NAMES);
    for (let count = 0; count < MAX_INTERACTIONS + 2; count += 1) ask(mock, { query: `p${count}=1` });
    const pact = mock.pact(NAMES);
    expect(pact.interactions).toHaveLength(MAX_INTERACTIONS);
    expect(leftOutOf(pact)).toEqual({ overBound: 2 });
  });
});

it('a session has a pact of its own', () => {
  const mock = open();
  const session = mock.session({ scenario: 'throttled' });
  ask(mock);
  ask(session);
  expect(statusesOf(session)).toEqual([429]);
  expect(statusesOf(mock)).toEqual([200]);
});

it('sessions with a shared budget leave room for one another when they end', () => {
  const mock = open();
  const pacts = new Budget(20_000);
  const openSession = () => {
    const session = mock.session();
    servedOf(session).limit({ rows: createRowLimit(null), journal: null, pacts, coverage: null });
    session.pact(NAMES);
    return session;
  };
  const [one, other] = [openSession(), openSession()];
  ask(one);
  prefer(one, 'code=429');
  prefer(one, 'code=500');
  ask(other);
  expect(leftOutOf(other.pact(NAMES))).toEqual({ overBound: 1 });
  expect(pacts.used).toBeLessThanOrEqual(pacts.max);
  one[Symbol.dispose]();
  ask(other);
  expect(statusesOf(other)).toEqual([200]);
  other[Symbol.dispose]();
  expect(pacts.used).toBe(0);
});

describe('names', () => {
  it.each<{ names: object; found: string }>([
    { names: { consumer: '', provider: 'b' }, found: 'pact takes the name of the consumer; found "".' },
    { names: { consumer: ' ', provider: 'b' }, found: 'pact takes the name of the consumer; found " ".' },
    { names: { consumer: 'a' }, found: 'pact takes the name of the provider; found undefined.' },
    { names: { consumer: 1, provider: 'b' }, found: '"consumer" of pact is a string; found 1.' },
    { names: { ...NAMES, format: 3 }, found: 'pact has no option "format"' },
  ])('are required: $found', ({ names, found }) => {
    const { pact }: { pact(names: object): unknown } = open();
    expect(() => pact(names)).toThrow(UsageTypeError);
    expect(() => pact(names)).toThrow(found);
  });
});

describe('mergePacts', () => {
  function pactOf(...codes: readonly number[]) {
    const mock = open();
    for (const code of codes) prefer(mock, `code=${code}`);
    ask(mock, { method: 'HEAD' });
    return mock.pact(NAMES);
  }

  it('makes one pact, with every interaction once, of files as well', () => {
    const merged = mergePacts([pactOf(429, 200), JSON.parse(JSON.stringify(pactOf(200, 500)))]);
    expect(merged).toMatchObject({
      consumer: { name: NAMES.consumer },
      provider: { name: NAMES.provider },
      metadata: { pactSpecification: { version: '4.0' } },
    });
    expect(merged.interactions.map(({ response }) => response.status)).toEqual([429, 200, 500]);
    expect(leftOutOf(merged)).toEqual({ otherMethod: 2 });
  });

  it('gives every interaction a description of its own', () => {
    const [one, other] = [open(), open()];
    ask(one);
    ask(other, { path: PATHS[STATS].slice(0, -1) });
    const { interactions } = mergePacts([one.pact(NAMES), other.pact(NAMES)]);
    expect(interactions.map(({ description }) => description)).toEqual([
      `${STATS} answers 200`,
      `${STATS} answers 200 [${interactions[1]?.key}]`,
    ]);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'mergePacts takes an array of pacts; found undefined.'],
    ['one pact', {}, 'mergePacts takes an array of pacts; found {}.'],
    ['text', ['a.json'], 'mergePacts takes pacts as mock.pact() makes them; found "a.json" at index 0.'],
    [
      'a pact of another tool',
      [{ consumer: { name: 'a' }, provider: { name: 'b' }, interactions: [] }],
      'mergePacts takes pacts as mock.pact() makes them; found {"consumer"',
    ],
  ])('refuses %s', (_, pacts, message) => {
    const merge = () => Reflect.apply(mergePacts, undefined, [pacts]);
    expect(merge).toThrow(UsageTypeError);
    expect(merge).toThrow(message);
  });

  it('refuses none, and pacts of different parties', () => {
    expect(() => mergePacts([])).toThrow('mergePacts takes one pact or more; found none.');
    const other = open().pact({ ...NAMES, provider: 'other' });
    expect(() => mergePacts([pactOf(), other])).toThrow(
      'mergePacts takes pacts between the same parties; found ["launch-dashboard","posthog"] and ["launch-dashboard","other"].',
    );
  });
});
