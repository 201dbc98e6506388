import { isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import type { ResponseDescription, Scenario } from '../contract.ts';
import { OK } from '../contract.ts';
import { isJson, toSendable } from '../media-type.ts';
import type { Answer, HeaderField } from '../message.ts';
import { readExamples, schemaPointer } from './read-examples.ts';
import { type FoundScenario, readExtension } from './read-extension.ts';
import type { Located, Reading } from './reading.ts';

export interface Responses {
  readonly responses: readonly ResponseDescription[];
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly ok: Answer;
}

/** Reads the responses of an operation, and with them its scenarios: named examples and `x-scenarios`. */
export function readResponses(reading: Reading, operation: Located<JsonObject>): Responses {
  const found = reading
    .objectsBesideExtensions(reading.object(operation, 'responses'))
    .flatMap(([status, response]) => readResponse(reading, status, response) ?? []);
  const ok = found.find(({ reply }) => reply.status >= 200 && reply.status < 300)?.reply ?? EMPTY_OK;
  return {
    responses: found.map(({ description }) => description),
    scenarios: uniqueByName(reading, [
      ...found.flatMap(({ scenarios }) => scenarios),
      ...readExtension(reading, operation, ok),
    ]),
    ok,
  };
}

const EMPTY_OK: Answer = { status: 200, headers: [], contentType: null, body: null };

interface FoundResponse {
  readonly description: ResponseDescription;
  /** What the response answers when no example is asked for by name. */
  readonly reply: Answer;
  readonly scenarios: readonly FoundScenario[];
}

function readResponse(
  reading: Reading,
  status: string,
  response: Located<JsonObject>,
): FoundResponse | undefined {
  // An informational response comes before the answer, and is none itself.
  if (/^1(\d\d|XX)$/i.test(status)) return undefined;
  const statusCode = statusCodeOf(status);
  if (statusCode === undefined) {
    reading.report(
      response.pointer,
      `"${status}" is not a status; expected one from "100" to "599", a range such as "4XX", or "default".`,
    );
    return undefined;
  }
  const headers = readHeaders(reading, response);
  const schemas = new Map<string, string>();
  const scenarios: FoundScenario[] = [];
  let first: Answer | undefined;
  for (const [contentType, media] of reading.objects(reading.object(response, 'content'))) {
    const schema = schemaPointer(reading, media);
    if (schema !== undefined) schemas.set(contentType, schema);
    if (!isSendable(['Content-Type', contentType])) {
      reading.report(pointerTo(response.pointer, 'content', contentType), UNSENDABLE_TYPE);
    }
    const reply = (value: unknown): Answer => ({
      status: statusCode,
      headers,
      contentType: toSendable(contentType),
      body: serialize(value, toSendable(contentType)),
    });
    for (const example of readExamples(reading, media, isJson(contentType))) {
      const { value, ...label } = example;
      scenarios.push({ ...label, ...reply(value), reply: 'example' });
      first ??= reply(value);
    }
    if (media.value.example !== undefined) first ??= reply(media.value.example);
  }
  const reply = first ?? { status: statusCode, headers, contentType: null, body: null };
  return {
    description: { status, schemas },
    reply,
    scenarios: [...scenarios, ...readExtension(reading, response, reply)],
  };
}

function statusCodeOf(status: string): number | undefined {
  if (/^[2-5]\d\d$/.test(status)) return Number(status);
  if (/^[2-5]XX$/i.test(status)) return Number(status[0]) * 100;
  // "default" stands for whatever else goes wrong.
  return status === 'default' ? 500 : undefined;
}

function serialize(value: unknown, contentType: string): string {
  return typeof value === 'string' && !isJson(contentType) ? value : JSON.stringify(value ?? null);
}

/** The headers that the contract gives a value for; the first of `example`, `examples`, `const` and `default`. */
function readHeaders(reading: Reading, response: Located<JsonObject>): readonly HeaderField[] {
  return reading.objects(reading.object(response, 'headers')).flatMap(([name, header]) => {
    const [example] = readExamples(reading, header, true);
    const schema = reading.object(header, 'schema')?.value ?? {};
    const listed = Array.isArray(schema.examples) ? schema.examples[0] : undefined;
    const value =
      header.value.example ?? example?.value ?? schema.const ?? schema.example ?? listed ?? schema.default;
    if (value === undefined || isObject(value) || SET_BY_SENDER.test(name)) return [];
    const field = [name, String(value)] as const;
    if (!isSendable(field)) reading.report(header.pointer, UNSENDABLE);
    return [field];
  });
}

/** What the media type says, and what each connection has its own of. */
const SET_BY_SENDER =
  /^(content-type|content-length|transfer-encoding|connection|keep-alive|date|trailer|upgrade)$/i;

const UNSENDABLE_TYPE =
  'the media type cannot be sent; it is one line without characters beyond U+00FF, such as "application/json".';

const UNSENDABLE =
  'the header cannot be sent; a name is made of letters, digits and hyphens, and a value is one line without characters beyond U+00FF.';

function isSendable([name, value]: HeaderField): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

/** A response that is referred to twice stands in one place, so the status is told, too. */
function placeOf({ pointer, status }: FoundScenario): string {
  return status === null ? pointer : `${pointer} (status ${status})`;
}

function uniqueByName(reading: Reading, found: readonly FoundScenario[]): ReadonlyMap<string, Scenario> {
  const first = new Map<string, FoundScenario>();
  for (const scenario of found) {
    const { name, pointer } = scenario;
    const earlier = first.get(name);
    if (name === OK) {
      reading.report(
        pointer,
        `"${OK}" is reserved for the answer that forces nothing; give the scenario another name.`,
      );
    } else if (earlier) {
      reading.report(
        pointer,
        `the operation has a scenario "${name}" already, at ${placeOf(earlier)}; names have to be unique in an operation.`,
      );
    } else {
      first.set(name, scenario);
    }
  }
  return new Map([...first].map(([name, { pointer: _, ...scenario }]) => [name, scenario]));
}
