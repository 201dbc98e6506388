import { isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import type { HeaderDescription } from '../contract.ts';
import type { HeaderField } from '../message.ts';
import { readExamples, schemaPointer } from './read-examples.ts';
import type { Located, Reading } from './reading.ts';

/** The headers that the contract gives a value for, in `example`, `examples` or the schema. */
export function readHeaders(reading: Reading, response: Located<JsonObject>): readonly HeaderField[] {
  const fields = reading.objects(reading.object(response, 'headers')).flatMap(([name, header]) => {
    const value = headerValue(reading, header);
    if (value === undefined || isObject(value) || SET_BY_SENDER.test(name)) return [];
    const field = [name, String(value)] as const;
    if (isSendable(field)) return [field];
    reading.report('header', header.pointer, UNSENDABLE);
    return [];
  });
  return Object.freeze(fields);
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

function headerValue(reading: Reading, header: Located<JsonObject>): unknown {
  const { example } = header.value;
  const pointer = schemaPointer(reading, header);
  const single = { value: example, pointer: pointerTo(header.pointer, 'example') };
  const examples = [...(example === undefined ? [] : [single]), ...readExamples(reading, header)];
  for (const { value, pointer: at } of examples) {
    reading.examples.add({ value, pointer: at, schema: pointer, mediaType: undefined });
  }
  const schema = reading.object(header, 'schema')?.value ?? {};
  const listed = Array.isArray(schema.examples) ? schema.examples[0] : undefined;
  return examples[0]?.value ?? schema.const ?? schema.example ?? listed ?? schema.default;
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
