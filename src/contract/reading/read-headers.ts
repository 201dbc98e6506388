import { isObject, type JsonObject, parseJson } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { once } from '../../memoize.ts';
import type { HeaderDescription } from '../contract.ts';
import type { HeaderField } from '../message.ts';
import { checkAt } from '../schema.ts';
import type { Example } from './examples.ts';
import { readExamples, schemaPointer } from './read-examples.ts';
import type { Located, Reading } from './reading.ts';

/**
 * The headers that the contract gives a value for, in `example`, `examples` or the schema, where the value is valid; and
 * those that clients rely on, whose values are made from their schemas otherwise. Values are made when they are first
 * asked for.
 */
export function readHeaders(
  reading: Reading,
  response: Located<JsonObject>,
  status: number,
): () => readonly HeaderField[] {
  const headers = reading.objects(reading.object(response, 'headers')).flatMap(([name, header]) => {
    if (SET_BY_SENDER.test(name)) return [];
    const source = headerSource(reading, name, header, status);
    if (source.given.every(({ value }) => isSendable([name, value]))) return [source];
    reading.report('header', header.pointer, UNSENDABLE);
    return [];
  });
  return once(() => Object.freeze(headers.flatMap((source) => chooseField(reading, source) ?? [])));
}

/** What the contract says about the headers of a response. */
export function describeHeaders(
  reading: Reading,
  response: Located<JsonObject>,
): readonly HeaderDescription[] {
  const headers = reading.objects(reading.object(response, 'headers'));
  const described = headers.filter(([name]) => !SET_BY_SENDER.test(name));
  return described.map(([name, header]) => ({
    name,
    required: header.value.required === true,
    schema: schemaPointer(reading, header),
    explode: header.value.explode === true,
  }));
}

/** What the value of a header may be taken or made from. */
interface HeaderSource {
  readonly name: string;
  /** As text, the best first. */
  readonly given: readonly { readonly value: string; readonly example: Example }[];
  /** JSON pointer of the schema; `undefined` where there is none. */
  readonly schema: string | undefined;
  readonly explode: boolean;
  /** Whether a client relies on it. */
  readonly isNeeded: boolean;
}

function headerSource(
  reading: Reading,
  name: string,
  header: Located<JsonObject>,
  status: number,
): HeaderSource {
  const schema = schemaPointer(reading, header);
  const explode = header.value.explode === true;
  const isTarget = (status === 201 || (status >= 300 && status < 400)) && /^location$/i.test(name);
  const given = headerExamples(reading, header, schema).map((example) => ({
    value: textOf(example.value, explode),
    example,
  }));
  return { name, given, schema, explode, isNeeded: header.value.required === true || isTarget };
}

function headerExamples(
  reading: Reading,
  header: Located<JsonObject>,
  schema: string | undefined,
): readonly Example[] {
  const { example } = header.value;
  const single = { value: example, pointer: pointerTo(header.pointer, 'example') };
  const own = [...(example === undefined ? [] : [single]), ...readExamples(reading, header)].map(
    ({ value, pointer }) => ({ value, pointer, schema, mediaType: undefined }),
  );
  for (const found of own) reading.examples.add(found);
  if (own.length > 0 || schema === undefined) return own;
  const keywords = reading.object(header, 'schema')?.value ?? {};
  const listed = Array.isArray(keywords.examples) ? keywords.examples[0] : undefined;
  const value = keywords.const ?? keywords.example ?? listed ?? keywords.default;
  return value === undefined ? [] : [{ value, pointer: schema, schema, mediaType: undefined }];
}

/** The first value that is valid, else one made from the schema, else one that breaks it. */
function chooseField(
  reading: Reading,
  { name, given, schema, explode, isNeeded }: HeaderSource,
): HeaderField[] {
  const valid = given.find(({ value, example }) => isValid(reading, value, example));
  if (valid) return [[name, valid.value]];
  const [first] = given;
  const made = schema !== undefined && (first || isNeeded) ? reading.make(schema) : undefined;
  const field = made && 'value' in made ? ([name, textOf(made.value, explode)] as const) : undefined;
  if (field && isSendable(field)) return [field];
  return first ? [[name, first.value]] : [];
}

/** A header is text, so `"5"` is an integer. */
function isValid(reading: Reading, text: string, example: Example): boolean {
  if (reading.violationsOf(example).length === 0) return true;
  const { value, schema } = example;
  return (
    typeof value === 'string' &&
    schema !== undefined &&
    checkAt(reading.document, schema)(parseJson(text)).length === 0
  );
}

/** In the style `simple`, the only one of headers. */
function textOf(value: unknown, explode: boolean): string {
  if (!isObject(value)) return String(value);
  const members = Object.entries(value).map(([name, member]) =>
    explode ? `${name}=${String(member)}` : `${name},${String(member)}`,
  );
  return members.join(',');
}

/**
 * Set from the media type, or by the server for each connection; or what says how the body is read, which is always whole
 * and plain: clients fail to decode a body that is not encoded.
 */
const SET_BY_SENDER =
  /^(content-type|content-length|content-encoding|content-range|transfer-encoding|connection|keep-alive|date|trailer|upgrade|proxy-.*)$/i;

const UNSENDABLE =
  'the header cannot be sent; expected a name of letters, digits and hyphens, and a value of one line without characters beyond U+00FF.';

export function isSendable([name, value]: HeaderField): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
