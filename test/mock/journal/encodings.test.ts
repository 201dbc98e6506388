import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/cli/log.ts';
import { createMock, type HttpRequest } from '../../../src/index.ts';
import { FLAGS, PATHS, request } from '../asking.ts';

const each = (text: string, encode: (code: number) => string) =>
  [...text].map((letter) => encode(letter.charCodeAt(0))).join('');
const hex = (code: number, length = 2) => code.toString(16).padStart(length, '0');

/** How a key can be written so that a reader can tell it. */
const ENCODINGS: Readonly<Record<string, (key: string) => string>> = {
  'as it is': (key) => key,
  'in capitals': (key) => key.toUpperCase(),
  'percent-encoded': (key) => each(key, (code) => `%${hex(code)}`),
  'percent-encoded twice': (key) => each(key, (code) => `%25${hex(code)}`),
  'one letter percent-encoded': (key) => key.replace('L', '%4C').replace('p', '%70'),
  'as %u0070': (key) => each(key, (code) => `%u${hex(code, 4)}`),
  'as \\u0070': (key) => each(key, (code) => `\\u${hex(code, 4)}`),
  'as \\\\u0070': (key) => each(key, (code) => `\\\\u${hex(code, 4)}`),
  'as \\u{70}': (key) => each(key, (code) => `\\u{${hex(code)}}`),
  'as \\x70': (key) => each(key, (code) => `\\x${hex(code)}`),
  'as \\U00000070': (key) => each(key, (code) => `\\U${hex(code, 8)}`),
  'as \\160': (key) => each(key, (code) => `\\${code.toString(8).padStart(3, '0')}`),
  'as &#112;': (key) => each(key, (code) => `&#${code};`),
  'as &#x70;': (key) => each(key, (code) => `&#x${hex(code)};`),
  'as &shy; between letters': (key) => [...key].join('&shy;'),
  'as quoted-printable': (key) => each(key, (code) => `=${hex(code).toUpperCase()}`),
  'with soft line breaks': (key) => key.replace('4', '4=\r\n').replace('h', 'h=\r\n'),
  'with backslashes': (key) => each(key, (code) => `\\${String.fromCharCode(code)}`),
  'in base64': (key) => btoa(key),
  'in base64 after one letter': (key) => btoa(`:${key}:`),
  'in base64 after two': (key) => btoa(`a:${key}`),
  'in base64 as UTF-16': (key) => btoa(each(key, (code) => `${String.fromCharCode(code)}\0`)),
  'in hexadecimal digits': (key) => each(key, (code) => hex(code)),
  'as UTF-16': (key) => each(key, (code) => `${String.fromCharCode(code)}\0`),
  'as UTF-16, the high byte first': (key) => each(key, (code) => `\0${String.fromCharCode(code)}`),
  'with zero-width spaces': (key) => [...key].join('\u200b'),
  'in full-width letters': (key) =>
    each(key, (code) => String.fromCharCode(code > 32 && code < 127 ? code + 0xfee0 : code)),
};

/** Where a key can stand in a text. */
const WRAPPED: Readonly<Record<string, (text: string) => string>> = {
  alone: (text) => text,
  'in a form': (text) => `a=1&b=${text}&c=2`,
  'in JSON': (text) => `{"a":["${text}"]}`,
  'as a name in JSON': (text) => `{"${text}":1}`,
  'in JSON that is broken': (text) => `{"a":"${text}","b"`,
  'in JSON in JSON': (text) => JSON.stringify({ a: JSON.stringify({ b: text }) }),
  'in YAML': (text) => `a: 1\nkey: ${text}\nb: 2`,
  'in XML': (text) => `<a><key type="text">${text}</key></a>`,
  'in a part with a file name': (text) =>
    `--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n${text}\r\n--x--`,
  'in a part with a type': (text) =>
    `--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: text/plain\r\n\r\n${text}\r\n--x--`,
  'in a sentence': (text) => `Action ID ${text} does not exist!`,
  'as a preference': (text) => `scenario="${text}", code=1`,
  'in a URL': (text) => `https://a.example/x/${text}?y=${text}#z`,
};

const PLACES: Readonly<Record<string, (text: string) => Partial<HttpRequest>>> = {
  'the path': (text) => ({ path: `/api/${text}/experiments/` }),
  'a path of the mock': (text) => ({ path: `/nope/${text}` }),
  'the query': (text) => ({ query: text }),
  'a parameter': (text) => ({ query: `events=${encodeURIComponent(`[{"id":"${text}","type":"actions"}]`)}` }),
  'an action': (text) => ({
    path: PATHS[FLAGS],
    query: `actions=${encodeURIComponent(JSON.stringify([{ id: text }]))}`,
  }),
  'the body': (text) => ({ method: 'POST', body: text }),
  'a header': (text) => ({ headers: { 'x-other': text } }),
  'the name of a header': (text) => ({ headers: { [text]: 'x' } }),
  'a preference': (text) => ({ headers: { prefer: text } }),
  'the scenario': (text) => ({ headers: { prefer: `scenario=${text}` } }),
  'the method': (text) => ({ method: text }),
  'an authorization': (text) => ({ headers: { authorization: text } }),
  'a base URL': (text) => ({ baseUrl: `http://a.example/${text}` }),
};

/** Everything that a mock and its log show of a request; not the body of the API's own answer. */
function shownOf(changes: Partial<HttpRequest>, keys: readonly string[]): string {
  const personalApiKeys = keys.map((value) => ({ value, user_id: 1, scopes: ['*'] }));
  const mock = createMock({ fixtures: { personalApiKeys } });
  const events: unknown[] = [];
  mock.subscribe((change) => events.push(change.kind === 'request' && change.entry));
  const texts: string[] = [];
  const out = { write: (text: string) => texts.push(text) } as unknown as NodeJS.WritableStream;
  const asked = request({ headers: {}, ...changes });
  const reply = mock.answer(asked);
  for (const json of [false, true]) {
    const log = createLog({ level: 'debug', json }, { out, err: out });
    log.reply(asked, reply, 1);
    log.flush();
  }
  const own = reply.kind === 'response' && reply.headers.some(([, value]) => value.includes('problem+json'));
  const answer = reply.kind === 'response' ? { ...reply, body: own ? reply.body : null } : reply;
  return [JSON.stringify([mock.journal.entries, events, answer]), ...texts].join('\n');
}

/** Undoes by hand what a reader could, without the code that is tested. */
function readable(shown: string): string {
  let text = shown;
  for (let round = 0; round < 4; round += 1) {
    text = text
      .replaceAll('&shy;', '')
      .replaceAll(/\\+U0000([\da-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
      .replaceAll(
        /%u([\da-f]{4})|(?:\\+)u\{?([\da-f]{2,4})\}?|\\+x([\da-f]{2})|&#x([\da-f]+);/gi,
        (_, ...codes) => String.fromCharCode(Number.parseInt(codes.slice(0, 4).find(Boolean), 16)),
      )
      .replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
      .replaceAll(/\\+([0-3][0-7]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8)))
      .replaceAll(/%([0-7][\da-f])/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  }
  const quoted = text
    .replaceAll(/=(?:(?:\\r)?(?:\\n)|\r?\n)/g, '')
    .replaceAll(/=([\dA-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  const runs = [...text.matchAll(/[A-Za-z\d+/]{8,}/g)].flatMap(([run]) =>
    [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), 'base64').toString('latin1')),
  );
  const digits = [...text.matchAll(/(?:[\da-f]{2}){8,}/gi)].map(([run]) =>
    Buffer.from(run, 'hex').toString(),
  );
  return [shown, text, quoted, ...runs, ...digits]
    .join('\n')
    .replaceAll(/[\0\\\u200b]|%E2%80%8B|%00/g, '')
    .normalize('NFKC')
    .toLowerCase();
}

/** The letters of a key, in any case, of which no part may be told. */
function expectHidden(changes: Partial<HttpRequest>, key: string, keys: readonly string[]): void {
  const letters = key
    .replace(/^ph[cxs]_/i, '')
    .slice(0, 8)
    .toLowerCase();
  expect(readable(shownOf(changes, keys))).not.toContain(letters);
}

const unformatted = fc.stringMatching(/^[A-Za-z][\dA-Za-z]{3}Leak[\w-]{4,30}$/);
const formatted = fc
  .tuple(fc.constantFrom('phx_', 'phc_', 'PHS_'), unformatted)
  .map((parts) => parts.join(''));
const sent = fc.oneof(
  unformatted.map((key) => ({ key, keys: ['other key', key] })),
  formatted.map((key) => ({ key, keys: [] })),
);
/** A run shows what has changed. `FC_SEED=$RANDOM npx vitest run test/mock/journal/encodings` looks for more. */
const SAME_EACH_TIME = { seed: Number(process.env.FC_SEED ?? 1) };
const pick = (table: Readonly<Record<string, unknown>>) => fc.constantFrom(...Object.keys(table));

describe('a key of the rows, or in the format of PostHog', () => {
  it('is in no journal, event, log, hint, problem or curl line, however it is written', () => {
    fc.assert(
      fc.property(sent, pick(ENCODINGS), pick(WRAPPED), pick(PLACES), (given, encoding, wrapping, place) => {
        const written = ENCODINGS[encoding]?.(given.key) ?? '';
        const text = WRAPPED[wrapping]?.(written) ?? '';
        // A query that is taken apart at the line breaks is that of several parameters.
        fc.pre(encoding !== 'with soft line breaks' || place !== 'the query');
        expectHidden(PLACES[place]?.(text) ?? {}, given.key, given.keys);
      }),
      { numRuns: 400, ...SAME_EACH_TIME },
    );
  });

  it.each(Object.keys(ENCODINGS))('is not in a body, %s', (encoding) => {
    for (const [key, keys] of [
      ['Leak4711Leak', ['Leak4711Leak']] as const,
      ['phx_Leak4711Leak', []] as const,
    ]) {
      for (const wrap of Object.values(WRAPPED)) {
        expectHidden({ method: 'POST', body: wrap(ENCODINGS[encoding]?.(key) ?? '') }, key, keys);
      }
    }
  });

  it('is seen where a soft line break follows what only looks quoted', () => {
    const path = '/api/a=1&b=a0ah=\r\nLeak----&c=2/experiments/';
    expectHidden({ path }, 'a0ahLeak----', ['a0ahLeak----']);
  });

  it('is not shown in part where text is cut', () => {
    const key = 'Leak4711Leak4711';
    fc.assert(
      fc.property(pick(ENCODINGS), fc.integer({ min: 20, max: 100 }), (encoding, before) => {
        const text = `${'x'.repeat(before)}/${ENCODINGS[encoding]?.(key)}`;
        expectHidden({ headers: { prefer: `scenario="${text}"` } }, key, [key]);
        expectHidden({ path: `/nope/${text}` }, key, [key]);
        expectHidden({ query: `${text}=1` }, key, [key]);
      }),
      // The second half of the key is a start of the key, too.
      { examples: [['one letter percent-encoded', 62]], numRuns: 100, ...SAME_EACH_TIME },
    );
  });

  it('is told apart from what only looks like its start', () => {
    const shown = shownOf({ path: '/nope/leaky/', headers: { 'x-other': 'Leaf4711' } }, ['Leak4711Leak']);
    expect(shown).toContain('/nope/leaky/');
    expect(shown).toContain('Leaf4711');
  });
});

it('a body of the API may name a key, but not in the journal', () => {
  const mock = createMock({
    fixtures: { personalApiKeys: [{ value: 'Leak4711', user_id: 1, scopes: ['*'] }] },
  });
  const query = `actions=${encodeURIComponent('[{"id":"Leak4711"}]')}`;
  const asked = request({ path: PATHS[FLAGS], query, headers: { authorization: 'Bearer Leak4711' } });
  const reply = mock.answer(asked);
  expect(reply.kind === 'response' && reply.body).toContain('Action ID Leak4711 does not exist!');
  expect(JSON.stringify(mock.journal.entries)).not.toContain('Leak4711');
});

it('keys are those of the rows at the time of the request', () => {
  const mock = createMock();
  const query = 'a=Leak4711';
  mock.answer(request({ query }));
  mock.database.personalApiKeys.create({ value: 'Leak4711', user_id: 1, scopes: ['*'] });
  mock.answer(request({ query }));
  mock.reset();
  mock.answer(request({ query }));
  mock.database.personalApiKeys.create({ value: 'Leak4711', user_id: 1, scopes: ['*'] });
  mock.answer(request({ query }));
  mock.database.personalApiKeys.delete({ value: 'Leak4711' });
  expect(mock.journal.entries.map((entry) => entry.request.query)).toEqual([query, 'a=[redacted]']);
});

it('a session knows its own keys', () => {
  const session = createMock().session({
    fixtures: { personalApiKeys: [{ value: 'Leak4711', user_id: 1, scopes: ['*'] }] },
  });
  session.answer(request({ query: 'a=Leak4711' }));
  expect(session.journal.entries[0]?.request.query).toBe('a=[redacted]');
});

it('one of very many keys is found', () => {
  const personalApiKeys = Array.from({ length: 5_000 }, (_, index) => ({
    value: `team-key-${index}-of-many`,
    user_id: 1,
    scopes: ['*'],
  }));
  const mock = createMock({ fixtures: { personalApiKeys } });
  mock.answer(request({ query: 'a=team%2Dkey-4711-of-many&b=team-key-4711-of-man' }));
  expect(mock.journal.entries[0]?.request.query).toBe('a=[redacted]&b=team-key-4711-of-man');
});

it('at the level info, the log reads neither body nor headers', () => {
  const out = { write: () => true } as unknown as NodeJS.WritableStream;
  const log = createLog({ level: 'info', json: true }, { out, err: out });
  const asked = request();
  const reply = createMock().answer(asked);
  const read: PropertyKey[] = [];
  const watched = new Proxy(asked, {
    get: (target, name) => {
      read.push(name);
      return Reflect.get(target, name);
    },
  });
  log.reply(watched, reply, 1);
  expect(read.toSorted()).toEqual(['method', 'path', 'query']);
});
