import { bytesOf } from '../bodies/files.ts';
import { serializeBody } from '../bodies/serialize-body.ts';
import type { DocumentedAnswer } from '../contract.ts';
import { documentedAnswer, type MadeBody } from '../documented-answer.ts';
import { isJson, rangeOf, toSendable } from '../media-type.ts';
import type { HeaderField } from '../message.ts';
import type { Example } from './examples.ts';
import type { Reading } from './reading.ts';

/** What an answer in one media type may be made from. */
export interface AnswerSource {
  /** The best first. */
  readonly examples: readonly Example[];
  /** JSON pointer of the schema; `undefined` where there is none. */
  readonly schema: string | undefined;
  /** JSON pointer of the schema of each item of a stream; `undefined` where there is none. */
  readonly itemSchema: string | undefined;
  /** The media type as the document has it. */
  readonly mediaType: string;
}

/** What answers in all media types have. */
export interface AnswerStart {
  readonly status: number;
  /** Their values may have to be made. */
  readonly headers: () => readonly HeaderField[];
}

/** The head of an answer, whose headers are made when they are first read. */
export function headOf<T extends object>({ status, headers }: AnswerStart, rest: T) {
  return {
    status,
    ...rest,
    get headers() {
      return headers();
    },
  };
}

/** The first example that is valid, else a body made from the schema, else an example that breaks it. */
export function answerFrom(reading: Reading, start: AnswerStart, source: AnswerSource): DocumentedAnswer {
  const writeAs = (mediaType: string): DocumentedAnswer => {
    // A multipart type comes with its boundary.
    const { contentType } = serializeBody('', mediaType, placeOf(reading, source));
    return documentedAnswer(headOf(start, { contentType, ofRange }), () =>
      makeBody(reading, contentType, source),
    );
  };
  const range = source.mediaType;
  const ofRange = rangeOf(range) === undefined ? undefined : { range, writeAs };
  return writeAs(toSendable(range));
}

function makeBody(reading: Reading, contentType: string, source: AnswerSource): MadeBody {
  const write = (value: unknown) => writeValue(reading, value, contentType, source);
  const checked = source.examples.map((example) => ({ example, violations: reading.violationsOf(example) }));
  const valid = checked.find(({ violations }) => violations.length === 0);
  const [first] = checked;
  const hint = first && first !== valid ? passedOver(first.example) : undefined;
  if (valid) return { body: write(valid.example.value), source: 'example', violations: [], hint };
  const made = makeValue(reading, contentType, source);
  if ('value' in made) {
    const bytes = bytesOf(made.value, contentType);
    const body = bytes ?? writeMade(reading, made.value, contentType, source);
    return { body, isBinary: bytes !== undefined, source: 'schema', violations: [], hint };
  }
  if (first) return { body: write(first.example.value), source: 'example', violations: first.violations };
  return { body: write(null), source: 'schema', violations: [{ pointer: '', detail: made.failure }] };
}

/** Without a schema, any value is valid. */
function makeValue(reading: Reading, contentType: string, { schema, itemSchema }: AnswerSource) {
  if (schema !== undefined) return reading.make(schema);
  if (itemSchema === undefined) return { value: isJson(contentType) ? {} : '' };
  const item = reading.make(itemSchema);
  return 'value' in item ? { value: [item.value] } : item;
}

function passedOver({ pointer }: Example): string {
  return `The example at ${pointer} breaks its schema, so this body is another one.`;
}

/** An example that is text is sent as it is. */
function writeValue(reading: Reading, value: unknown, contentType: string, source: AnswerSource): string {
  if (typeof value === 'string' && !isJson(contentType)) return value;
  return writeMade(reading, value, contentType, source);
}

function writeMade(reading: Reading, value: unknown, contentType: string, source: AnswerSource): string {
  return serializeBody(value ?? null, contentType, placeOf(reading, source)).body;
}

function placeOf({ document }: Reading, { schema }: AnswerSource) {
  return { document, pointer: schema ?? NOWHERE };
}

/** A pointer that leads nowhere. */
const NOWHERE = '/-';
