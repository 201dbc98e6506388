import type { HttpRequest } from '../../contract/message.ts';
import type { Instant } from '../../database/time.ts';
import { copyStart } from '../../text/own-copy.ts';
import { type Checks, NOTHING_BROKEN } from '../checks.ts';
import type { Reply } from '../reply.ts';

/** What a journal is told of a request. */
export interface JournalRecord {
  readonly instant: Instant;
  readonly request: HttpRequest;
  readonly reply: Reply;
  /** What it took to compute the reply, in milliseconds. */
  readonly computingMs: number;
}

/** A record in a journal. Made into an entry when it is first read: most never are. */
export interface KeptRecord extends JournalRecord {
  readonly number: number;
  /** What is not kept whole. */
  readonly cut: readonly CutPart[];
  /** The memory that it takes, by estimate, its entry included. */
  readonly bytes: number;
}

/** A part of an entry that may be too long to be kept whole. */
export type CutPart = 'path' | 'query' | 'headers' | 'body' | 'response';

// In characters.
export const MAX_PATH_LENGTH = 1_024;
export const MAX_QUERY_LENGTH = 4_096;
export const MAX_HEADER_LENGTH = 1_024;
/** Names and values, and {@link FIELD_LENGTH} for each. */
export const MAX_HEADERS_LENGTH = 8_192;
export const MAX_BODY_LENGTH = 4_096;

/** What a field of headers takes beside its text. */
export const FIELD_LENGTH = 64;
/** What a record and its entry take beside the texts. */
const RECORD_BYTES = 4_096;
/** A character takes up to two bytes, in the record and again in its entry. */
const BYTES_OF_CHARACTER = 4;

const NOTHING_CUT: readonly CutPart[] = [];

/** Cuts what would fill the journal. The request and the reply stay the same objects when nothing is cut. */
export function keep(number: number, { instant, request, reply, computingMs }: JournalRecord): KeptRecord {
  const { path, query } = request;
  const headers = lengthOfHeaders(request.headers);
  const body = request.body?.length ?? 0;
  const response = reply.kind === 'response' ? (reply.body?.length ?? 0) : 0;
  const isWhole =
    path.length <= MAX_PATH_LENGTH &&
    query.length <= MAX_QUERY_LENGTH &&
    headers <= MAX_HEADERS_LENGTH &&
    body <= MAX_BODY_LENGTH &&
    response <= MAX_BODY_LENGTH;
  if (!isWhole) return keepPart(number, { instant, request, reply, computingMs });
  const found = reply.checks === NOTHING_BROKEN ? 0 : lengthOfChecks(reply.checks);
  const length = path.length + query.length + headers + body + response + found;
  const bytes = RECORD_BYTES + BYTES_OF_CHARACTER * length;
  return { number, instant, request, reply, computingMs, cut: NOTHING_CUT, bytes };
}

function keepPart(number: number, record: JournalRecord): KeptRecord {
  const request = withShortTexts(record.request);
  const reply = withShortBody(record.reply);
  const cut: CutPart[] = [];
  if (request.path.length < record.request.path.length) cut.push('path');
  if (request.query.length < record.request.query.length) cut.push('query');
  if (request.headers !== record.request.headers) cut.push('headers');
  if (request.body !== record.request.body) cut.push('body');
  if (reply !== record.reply) cut.push('response');
  return { ...keep(number, { ...record, request, reply }), cut };
}

/** A body that is too long is left out: a part of it cannot be parsed, so nobody could tell what is secret in it. */
function withShortTexts(request: HttpRequest): HttpRequest {
  const { path, query, headers, body } = request;
  return {
    ...request,
    // Both are copied: they may be parts of one long text.
    path: startOf(path, MAX_PATH_LENGTH),
    query: startOf(query, MAX_QUERY_LENGTH),
    headers: lengthOfHeaders(headers) > MAX_HEADERS_LENGTH ? firstHeaders(headers) : headers,
    body: body !== null && body.length > MAX_BODY_LENGTH ? null : body,
  };
}

function withShortBody(reply: Reply): Reply {
  if (reply.kind !== 'response' || reply.body === null || reply.body.length <= MAX_BODY_LENGTH) return reply;
  return { ...reply, body: copyStart(reply.body, MAX_BODY_LENGTH) };
}

/** The first fields, with the start of long values. */
function firstHeaders(headers: HttpRequest['headers']): HttpRequest['headers'] {
  const fields: [string, string][] = [];
  let length = 0;
  for (const [name, value = ''] of Object.entries(headers)) {
    const start = startOf(value, MAX_HEADER_LENGTH);
    length += name.length + start.length + FIELD_LENGTH;
    if (length > MAX_HEADERS_LENGTH) break;
    fields.push([name, start]);
  }
  return Object.fromEntries(fields);
}

/** The dots also say that the start of a key may stand before them. */
function startOf(text: string, length: number): string {
  return text.length > length ? `${copyStart(text, length - 1)}…` : copyStart(text);
}

function lengthOfChecks({ findings, violations, withheld }: Checks): number {
  const texts = [...findings, ...violations].map(
    ({ name = '', pointer = '', detail }) => name.length + pointer.length + detail.length + FIELD_LENGTH,
  );
  const answer = withheld ? lengthOfHeaders(withheld.headers) + (withheld.body?.length ?? 0) : 0;
  return texts.reduce((sum, length) => sum + length, answer);
}

function lengthOfHeaders(headers: HttpRequest['headers']): number {
  let length = 0;
  // Every request comes here: Object.entries would make an array for each field.
  for (const name in headers) length += name.length + (headers[name]?.length ?? 0) + FIELD_LENGTH;
  return length;
}
