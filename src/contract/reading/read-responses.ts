import { isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import type { DocumentedAnswer, DocumentedAnswers, ResponseDescription, Scenario } from '../contract.ts';
import { OK } from '../contract.ts';
import { emptyAnswer, exampleAnswer } from '../documented-answer.ts';
import { isJson, toSendable } from '../media-type.ts';
import type { HeaderField } from '../message.ts';
import { readExamples, schemaPointer } from './read-examples.ts';
import { type FoundScenario, readExtension } from './read-extension.ts';
import type { Located, Reading } from './reading.ts';

export interface Responses {
  readonly responses: readonly ResponseDescription[];
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly ok: DocumentedAnswers;
}

/** Reads the responses of an operation and its scenarios: named examples and `x-scenarios`. */
export function readResponses(reading: Reading, operation: Located<JsonObject>): Responses {
  const found = reading
    .objectsBesideExtensions(reading.object(operation, 'responses'))
    .flatMap(([status, response]) => readResponse(reading, status, response) ?? []);
  const isSuccess = ({ answers: [{ status }] }: ResponseDescription) => status >= 200 && status < 300;
  const ok = found.map(({ description }) => description).find(isSuccess)?.answers ?? EMPTY_OK;
  return {
    responses: found.map(({ description }) => description),
    scenarios: indexByName(reading, [
      ...found.flatMap(({ scenarios }) => scenarios),
      ...readExtension(reading, operation, ok[0]),
    ]),
    ok,
  };
}

const EMPTY_OK: DocumentedAnswers = [emptyAnswer({ status: 200, headers: [] })];

interface FoundResponse {
  readonly description: ResponseDescription;
  readonly scenarios: readonly FoundScenario[];
}

function readResponse(
  reading: Reading,
  status: string,
  response: Located<JsonObject>,
): FoundResponse | undefined {
  // An informational response only precedes the answer.
  if (/^1(\d\d|XX)$/i.test(status)) return undefined;
  const statusCode = statusCodeOf(status);
  if (statusCode === undefined) {
    reading.report(
      response.pointer,
      `"${status}" is not a status; expected one from "100" to "599", a range such as "4XX", or "default".`,
    );
    return undefined;
  }
  const headers = Object.freeze(readHeaders(reading, response));
  const schemas = new Map<string, string>();
  const scenarios: FoundScenario[] = [];
  const answers: DocumentedAnswer[] = [];
  for (const [contentType, media] of reading.objects(reading.object(response, 'content'))) {
    const schema = schemaPointer(reading, media);
    if (schema !== undefined) schemas.set(contentType, schema);
    if (!isSendable(['Content-Type', contentType])) {
      reading.report(pointerTo(response.pointer, 'content', contentType), UNSENDABLE_TYPE);
    }
    const head = { status: statusCode, headers, contentType: toSendable(contentType) };
    const answerWith = (value: unknown) => exampleAnswer(head, () => serialize(value, head.contentType));
    const examples = readExamples(reading, media, isJson(contentType));
    for (const { value, ...label } of examples) {
      scenarios.push({ ...label, reply: 'example', status: statusCode, answers: [answerWith(value)] });
    }
    const [example] = [...examples.map(({ value }) => value), media.value.example];
    if (example !== undefined) answers.push(answerWith(example));
  }
  const [answer = emptyAnswer({ status: statusCode, headers }), ...others] = answers;
  return {
    description: { status, schemas, answers: [answer, ...others] },
    scenarios: [...scenarios, ...readExtension(reading, response, answer)],
  };
}

function statusCodeOf(status: string): number | undefined {
  if (/^[2-5]\d\d$/.test(status)) return Number(status);
  if (/^[2-5]XX$/i.test(status)) return Number(status[0]) * 100;
  // "default" usually describes errors.
  return status === 'default' ? 500 : undefined;
}

function serialize(value: unknown, contentType: string): string {
  return typeof value === 'string' && !isJson(contentType) ? value : JSON.stringify(value ?? null);
}

/** The headers that the contract gives a value for, in `example`, `examples` or the schema. */
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

/** Set from the media type, or by the server for each connection. */
const SET_BY_SENDER =
  /^(content-type|content-length|transfer-encoding|connection|keep-alive|date|trailer|upgrade)$/i;

const UNSENDABLE_TYPE =
  'the media type cannot be sent; expected one line without characters beyond U+00FF, such as "application/json".';

const UNSENDABLE =
  'the header cannot be sent; expected a name of letters, digits and hyphens, and a value of one line without characters beyond U+00FF.';

function isSendable([name, value]: HeaderField): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

/** Two statuses may refer to one response, so the pointer alone would be ambiguous. */
function placeOf({ pointer, status }: FoundScenario): string {
  return status === null ? pointer : `${pointer} (status ${status})`;
}

function indexByName(reading: Reading, found: readonly FoundScenario[]): ReadonlyMap<string, Scenario> {
  const first = new Map<string, FoundScenario>();
  for (const scenario of found) {
    const { name, pointer } = scenario;
    const earlier = first.get(name);
    if (name === OK) {
      reading.report(pointer, `"${OK}" is reserved for the answer that forces nothing; rename the scenario.`);
    } else if (earlier) {
      reading.report(
        pointer,
        `the operation already has a scenario "${name}", at ${placeOf(earlier)}; names have to be unique in an operation.`,
      );
    } else {
      first.set(name, scenario);
    }
  }
  return new Map([...first].map(([name, { pointer: _, ...scenario }]) => [name, scenario]));
}
