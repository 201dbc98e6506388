import { format as checks } from '@cfworker/json-schema';

/** A text of a format. */
interface Format {
  /** Texts of different lengths, the usual one first. */
  readonly texts: readonly string[];
  /**
   * One more text for each number, from 1 on.
   * @param padding letters that make it longer, where the format has room for them.
   */
  readonly vary?: (number: number, padding: string) => string;
}

const DAY_MS = 86_400_000;

function dayAfter(number: number): string {
  return new Date(Date.UTC(2025, 0, 1) + number * DAY_MS).toISOString().slice(0, 10);
}

const MAX_LABEL = 60;

/** The parts of a host name have at most 63 characters. */
function labels(padding: string): string {
  const count = Math.ceil(padding.length / (MAX_LABEL + 1));
  const parts = Array.from({ length: count }, (_, index) =>
    'a'.repeat(Math.max(1, Math.min(MAX_LABEL, padding.length - index * (MAX_LABEL + 1) - 1))),
  );
  return parts.map((part) => `${part}.`).join('');
}

function hex(number: number, length: number): string {
  return number.toString(16).padStart(length, '0');
}

function pad(padding: string): string {
  return padding === '' ? '' : `/${padding.slice(1)}`;
}

const EMAIL: Format = {
  texts: ['user@example.com', 'a@b.co'],
  vary: (number, padding) => `user${number}@${labels(padding)}example.com`,
};
const HOST: Format = {
  texts: ['example.com', 'a.co', 'a'],
  vary: (number, padding) => `host${number}.${labels(padding)}example.com`,
};
const URI: Format = {
  texts: ['https://example.com/', 'http://a.co', 'a:b'],
  vary: (number, padding) => `https://example.com/${number}${pad(padding)}`,
};
const REFERENCE: Format = {
  texts: ['/path', '/', 'a', 'https://example.com/'],
  vary: (number, padding) => `/path/${number}${pad(padding)}`,
};

const FORMATS: Readonly<Record<string, Format>> = {
  date: { texts: ['2025-01-01'], vary: dayAfter },
  time: {
    texts: ['12:00:00Z', '12:00:00.000Z', '12:00:00+00:00'],
    vary: (number, padding) => `12:00:00.${String(number).padStart(padding.length + 3, '0')}Z`,
  },
  'date-time': {
    texts: ['2025-01-01T12:00:00Z', '2025-01-01T12:00:00.000Z', '2025-01-01T12:00:00+00:00'],
    vary: (number, padding) =>
      `${dayAfter(number)}T12:00:00${padding === '' ? '' : `.0${padding.replaceAll(/./g, '0')}`}Z`,
  },
  duration: {
    texts: ['P1D', 'PT1H', 'P1DT12H'],
    vary: (number, padding) => `P${'1'.repeat(padding.length)}${number}D`,
  },
  email: EMAIL,
  'idn-email': EMAIL,
  hostname: HOST,
  'idn-hostname': HOST,
  ipv4: {
    texts: ['192.0.2.1', '1.1.1.1', '192.0.2.100', '192.168.100.100'],
    vary: (number) => `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
  },
  ipv6: {
    texts: ['2001:db8::1', '::1', '::', '2001:0db8:0000:0000:0000:0000:0000:0001'],
    vary: (number, padding) =>
      padding === ''
        ? `2001:db8::${number.toString(16)}`
        : `2001:0db8:0000:0000:0000:0000:0000:${hex(number, 4)}`,
  },
  uri: URI,
  url: URI,
  iri: URI,
  'uri-reference': REFERENCE,
  'iri-reference': REFERENCE,
  'uri-template': {
    texts: ['https://example.com/{id}', '/{id}', '{a}', '/'],
    vary: (number, padding) => `https://example.com/${number}/{id}${pad(padding)}`,
  },
  uuid: {
    texts: ['123e4567-e89b-42d3-a456-426614174000'],
    vary: (number) => `123e4567-e89b-42d3-a456-${hex(number, 12)}`,
  },
  'json-pointer': {
    texts: ['/path', '/a', '/', ''],
    vary: (number, padding) => `/path/${number}${pad(padding)}`,
  },
  'relative-json-pointer': {
    texts: ['0', '1/path', '0#'],
    vary: (number, padding) => `1/${number}${padding}`,
  },
  regex: { texts: ['^[a-z]+$', '.*', 'a', ''], vary: (number, padding) => `^[a-z]{${number}}${padding}` },
  byte: {
    texts: ['c3RyaW5n', 'YQ==', ''],
    vary: (number, padding) => {
      const text = `${number}a${padding}`;
      return text + 'A'.repeat((4 - (text.length % 4)) % 4);
    },
  },
  password: { texts: ['password', 'Passw0rd!'] },
};

/** Numbered texts of one format; a list of unique ones may need that many. */
const MAX_VARIED = 12_000;

/**
 * Texts of a format, each once, the usual one first; none for a format that is not known.
 *
 * @param minLength in code points; made longer where the format has room.
 */
export function* textsOfFormat(format: string, minLength: number): Iterable<string> {
  const known = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (!known) return;
  yield* known.texts;
  const { vary } = known;
  if (!vary) return;
  const missing = minLength - vary(1, '').length;
  for (let number = 1; number < MAX_VARIED; number += 1) {
    if (missing <= 0) yield vary(number, '');
    // The dots of a host name, or steps of four, can make the text longer or shorter than the padding.
    else for (let more = -3; more < 4; more += 1) yield vary(number, 'a'.repeat(Math.max(1, missing + more)));
  }
}

/** Whether a text has a format; any text has one that the validator does not know. */
export function hasFormat(text: string, format: string): boolean {
  const check = Object.hasOwn(checks, format) ? checks[format] : undefined;
  return check === undefined || check(text);
}
