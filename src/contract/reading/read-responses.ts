import { isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { memoize, once } from '../../memoize.ts';
import type { DocumentedAnswers, ResponseDescription, Scenario } from '../contract.ts';
import { emptyAnswer } from '../documented-answer.ts';
import type { HeaderField } from '../message.ts';
import { type AnswerSource, answerFrom, headOf } from './answers.ts';
import { type FoundScenario, nameScenarios } from './name-scenarios.ts';
import { readExamples, schemaPointer } from './read-examples.ts';
import { readExtension } from './read-extension.ts';
import { describeHeaders, isSendable, readHeaders } from './read-headers.ts';
import type { Located, Reading } from './reading.ts';

export interface Responses {
  readonly responses: readonly ResponseDescription[];
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly ok: DocumentedAnswers;
}

/** Reads the responses of an operation and its scenarios: named examples, `x-scenarios`, and statuses without either. */
export function readResponses(reading: Reading, operation: Located<JsonObject>): Responses {
  const found = reading
    .objectsBesideExtensions(reading.object(operation, 'responses'))
    .flatMap(([status, response]) => readResponse(reading, status, response) ?? []);
  const best = chooseOk(found);
  const status = best && best.status !== 'default' ? best.code : 200;
  const ok = reading.lazily(() => best?.answersWith(status) ?? EMPTY_OK);
  return {
    responses: found.map(({ description }) => description),
    scenarios: nameScenarios(reading, [
      ...found.flatMap((response) => scenariosOf(response, best)),
      ...readExtension(reading, operation, () => ok()[0], status),
    ]),
    get ok() {
      return ok();
    },
  };
}

const EMPTY_OK: DocumentedAnswers = [emptyAnswer({ status: 200, headers: [] }, null)];

interface FoundResponse {
  readonly status: string;
  readonly description: ResponseDescription;
  /** The status that it answers with, unless another is asked for. */
  readonly code: number;
  readonly pointer: string;
  /** The first line of the description. */
  readonly summary: string;
  readonly scenarios: readonly FoundScenario[];
  readonly hasContent: boolean;
  answersWith(status: number): DocumentedAnswers;
}

/** The response that is meant where nothing is asked for: 2xx with content, 2xx, `default`, then what there is. */
function chooseOk(found: readonly FoundResponse[]): FoundResponse | undefined {
  const isSuccess = ({ status }: FoundResponse) => status.startsWith('2');
  return (
    found.find((response) => isSuccess(response) && response.hasContent) ??
    found.find(isSuccess) ??
    found.find(({ status }) => status === 'default') ??
    found.find(({ status }) => status.startsWith('3')) ??
    found[0]
  );
}

/** A status without a named scenario is one itself, unless `ok` answers with it. */
function scenariosOf(response: FoundResponse, ok: FoundResponse | undefined): readonly FoundScenario[] {
  const { status, code, description, pointer, scenarios, summary } = response;
  const isOk = response === ok && status !== 'default';
  if (scenarios.length > 0 || isOk) return scenarios;
  const label = { name: status, summary, synthetic: false, pointer, of: status, isStatus: true };
  return [{ ...label, reply: 'example', status: code, answers: () => description.answers }];
}

/** By the response in the document, and by the status: many operations refer to the same ones. */
const sharedResponses = memoize(
  (_reading: Reading) => new WeakMap<object, Map<string, FoundResponse | undefined>>(),
);

function readResponse(
  reading: Reading,
  status: string,
  response: Located<JsonObject>,
): FoundResponse | undefined {
  const shared = sharedResponses(reading);
  const known = shared.get(response.value) ?? new Map<string, FoundResponse | undefined>();
  shared.set(response.value, known);
  if (!known.has(status)) known.set(status, readOwnResponse(reading, status, response));
  return known.get(status);
}

function readOwnResponse(
  reading: Reading,
  status: string,
  response: Located<JsonObject>,
): FoundResponse | undefined {
  // An informational response only precedes the answer.
  if (/^1(\d\d|XX)$/i.test(status)) return undefined;
  const code = statusCodeOf(status);
  if (code === undefined) {
    const detail = `"${status}" is not a status; expected one from "100" to "599", a range such as "4XX", or "default".`;
    reading.report('status', response.pointer, detail);
    return undefined;
  }
  const readOwnHeaders = reading.lazily(() => readHeaders(reading, response, code));
  const headers = () => readOwnHeaders()();
  const described = once(() => describeHeaders(reading, response));
  const media = readContent(reading, response);
  const answersWith = (as: number): DocumentedAnswers => {
    const [first, ...others] = media.map((source) => answerFrom(reading, { status: as, headers }, source));
    return first ? [first, ...others] : [emptyAnswer(headOf({ status: as, headers }, {}))];
  };
  const answers = reading.lazily(() => answersWith(code));
  const named = media.flatMap((source) => namedScenarios(reading, { status, code, headers, source }));
  return {
    status,
    code,
    pointer: response.pointer,
    summary: reading.text(response, 'description').split('\n', 1)[0]?.trim() ?? '',
    description: {
      status,
      pointer: response.pointer,
      schemas: new Map(media.map(({ mediaType, schema }) => [mediaType, schema])),
      get headers() {
        return described();
      },
      get answers() {
        return answers();
      },
    },
    scenarios: [...named, ...readExtension(reading, response, () => answers()[0], code, status)],
    hasContent: media.length > 0,
    answersWith,
  };
}

function statusCodeOf(status: string): number | undefined {
  if (/^[2-5]\d\d$/.test(status)) return Number(status);
  if (/^[2-5]XX$/i.test(status)) return Number(status[0]) * 100;
  // "default" usually describes errors.
  return status === 'default' ? 500 : undefined;
}

interface Media extends AnswerSource {
  readonly named: readonly NamedSource[];
}

interface NamedSource {
  readonly label: Pick<FoundScenario, 'name' | 'summary' | 'synthetic' | 'pointer'>;
  readonly example: AnswerSource['examples'][number];
}

function readContent(reading: Reading, response: Located<JsonObject>): readonly Media[] {
  return reading.objects(reading.object(response, 'content')).flatMap(([mediaType, media]): Media[] => {
    if (!isSendable(['Content-Type', mediaType])) {
      reading.report('header', pointerTo(response.pointer, 'content', mediaType), UNSENDABLE_TYPE);
      return [];
    }
    const schema = schemaPointer(reading, media);
    const named = readExamples(reading, media).map(({ value, pointer, ...label }) => ({
      label: { ...label, pointer: pointerTo(media.pointer, 'examples', label.name) },
      example: { value, pointer, schema, mediaType },
    }));
    const { example: value } = media.value;
    const single = { value, pointer: pointerTo(media.pointer, 'example'), schema, mediaType };
    const examples = [...named.map(({ example }) => example), ...(value === undefined ? [] : [single])];
    for (const example of examples) reading.examples.add(example);
    if (schema !== undefined) reading.bodies.add(schema, examples);
    const itemSchema = isObject(media.value.itemSchema) ? pointerTo(media.pointer, 'itemSchema') : undefined;
    return [{ examples, schema, itemSchema, mediaType, named }];
  });
}

const UNSENDABLE_TYPE =
  'the media type cannot be sent; expected one line without characters beyond U+00FF, such as "application/json".';

interface ResponseMedia {
  readonly status: string;
  readonly code: number;
  readonly headers: () => readonly HeaderField[];
  readonly source: Media;
}

function namedScenarios(
  reading: Reading,
  { status: of, code: status, headers, source }: ResponseMedia,
): readonly FoundScenario[] {
  return source.named.map(({ label, example }) => ({
    ...label,
    of,
    isStatus: false,
    reply: 'example',
    status,
    answers: () => [answerFrom(reading, { status, headers }, { ...source, examples: [example] })],
  }));
}
