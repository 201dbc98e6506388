import { describe, expect, it } from 'vitest';
import { makeValid } from './judging.ts';

const TREE = {
  type: 'object',
  required: ['name', 'children'],
  properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/schema' } } },
};

/** Schemas for which no other value than one made with all keywords in mind is valid. */
const SCHEMAS: Readonly<Record<string, object>> = {
  'no keyword': {},
  'a list of types': { type: ['null', 'integer', 'string'] },
  bounds: { type: 'integer', minimum: 5, maximum: 5 },
  'open bounds': { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
  'a narrow range': { type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 1.0000001 },
  'a multiple': { type: 'number', multipleOf: 0.1, minimum: 0.25, maximum: 0.45 },
  'two multiples': { allOf: [{ multipleOf: 4 }, { multipleOf: 6 }], type: 'integer', minimum: 13 },
  'a multiple of a cent': { type: 'number', multipleOf: 0.01, exclusiveMinimum: 4.34 },
  'negative numbers': { type: 'integer', maximum: -7, multipleOf: 5 },
  'an int32': { type: 'integer', format: 'int32', minimum: 2147483647 },
  'an int64': { type: 'integer', format: 'int64', minimum: 9007199254740000 },
  lengths: { type: 'string', minLength: 20, maxLength: 21 },
  'a short text': { type: 'string', maxLength: 2 },
  'a very long text': { type: 'string', minLength: 70_000 },
  'a very long text of a pattern': { type: 'string', minLength: 70_000, pattern: '^[A-Za-z0-9+/]+=*$' },
  'an empty text': { type: 'string', maxLength: 0 },
  'a pattern': { type: 'string', pattern: '^[A-Z]{3}-\\d{4}(?:-[a-f0-9]{2,4})?$' },
  'a pattern without anchors': { type: 'string', pattern: 'abc', minLength: 10 },
  'a pattern and a length': { type: 'string', pattern: '^[a-z]+[0-9]+$', minLength: 17, maxLength: 17 },
  'a pattern with look-ahead': {
    type: 'string',
    pattern: '^(?=.*[A-Z])(?=.*\\d)(?=.*[^A-Za-z0-9]).{8,12}$',
  },
  'a pattern with a negative look-ahead': { type: 'string', pattern: '^(?!abc)[a-z]{3}$' },
  'a pattern with a reference': { type: 'string', pattern: '^(a|b)x\\1(?<n>\\d)\\k<n>$' },
  'a pattern of Unicode': { type: 'string', pattern: '^\\p{Lu}\\p{Script=Greek}+\\u{1F600}$' },
  'a pattern with alternatives': { type: 'string', pattern: '^(?:short|a much longer one)$', minLength: 10 },
  'a pattern and another one that is refused': {
    pattern: '^[a-z]+[0-9]*$',
    minLength: 2,
    not: { pattern: '^a' },
  },
  'two patterns': { allOf: [{ pattern: '^[a-z0-9]{4}$' }, { pattern: '\\d$' }], type: 'string' },
  'a slow pattern': { type: 'string', pattern: '^(([a-z])+.)+[A-Z]([a-z])+$' },
  'a format and a pattern': { type: 'string', format: 'uri', pattern: '^https://' },
  'a format and a pattern: uri ^https://cdn\\.x\\.io/': {
    type: 'string',
    format: 'uri',
    pattern: '^https://cdn\\.x\\.io/',
  },
  'a format and a pattern: uri ^ftp://': { type: 'string', format: 'uri', pattern: '^ftp://' },
  'a format and a pattern: uri ^urn:li:': { type: 'string', format: 'uri', pattern: '^urn:li:' },
  'a format and a pattern: uri ^https?://[a-z]+\\.io/.*$': {
    type: 'string',
    format: 'uri',
    pattern: '^https?://[a-z]+\\.io/.*$',
  },
  'a format and a pattern: uri \\.pdf$': { type: 'string', format: 'uri', pattern: '\\.pdf$' },
  'a format and a pattern: uri cdn': { type: 'string', format: 'uri', pattern: 'cdn' },
  'a format and a pattern: email .+@corp\\.example$': {
    type: 'string',
    format: 'email',
    pattern: '.+@corp\\.example$',
  },
  'a format and a pattern: email ^[a-z]+@corp\\.example$': {
    type: 'string',
    format: 'email',
    pattern: '^[a-z]+@corp\\.example$',
  },
  'a format and a pattern: email ^sales': { type: 'string', format: 'email', pattern: '^sales' },
  'a format and a pattern: hostname \\.internal$': {
    type: 'string',
    format: 'hostname',
    pattern: '\\.internal$',
  },
  'a format and a pattern: date-time \\+02:00$': {
    type: 'string',
    format: 'date-time',
    pattern: '\\+02:00$',
  },
  'a format and a pattern: date-time ^2031-': { type: 'string', format: 'date-time', pattern: '^2031-' },
  'a format and a pattern: uuid ^[0-9a-f]{8}-[0-9a-f]{4}-7': {
    type: 'string',
    format: 'uuid',
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7',
  },
  'a format and a pattern: ipv4 ^10\\.': { type: 'string', format: 'ipv4', pattern: '^10\\.' },
  'a pattern of one letter and a length that is refused': {
    allOf: [{ type: 'string', pattern: '[a-z]' }, { not: { type: 'string', maxLength: 1 } }],
  },
  'a format and a length': { type: 'string', format: 'email', minLength: 80, maxLength: 90 },
  'a long host': { type: 'string', format: 'hostname', minLength: 200, maxLength: 210 },
  'a short uri': { type: 'string', format: 'uri', maxLength: 12 },
  'a long uri': { type: 'string', format: 'uri', minLength: 2000 },
  'a long date-time': { type: 'string', format: 'date-time', minLength: 27, maxLength: 27 },
  bytes: { type: 'string', format: 'byte', minLength: 30, maxLength: 32 },
  'an encoding and a pattern of other texts': {
    type: 'string',
    contentEncoding: 'base64',
    pattern: '^.{2,2}$',
  },
  'an unknown format': { type: 'string', format: 'ulid', pattern: '^[0-7][0-9A-HJKMNP-TV-Z]{25}$' },
  items: { type: 'array', items: { type: 'integer' }, minItems: 3, maxItems: 5 },
  'a tuple': { type: 'array', prefixItems: [{ const: 'a' }, { type: 'null' }], items: false, minItems: 2 },
  'unique items': {
    type: 'array',
    items: { type: 'integer', minimum: 0, maximum: 4 },
    uniqueItems: true,
    minItems: 5,
  },
  'unique objects': {
    type: 'array',
    items: { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } },
    uniqueItems: true,
    minItems: 4,
  },
  'names of the pattern ^x-, 2': {
    type: 'object',
    patternProperties: { '^x-': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 2,
  },
  'names of the pattern ^x-, 3': {
    type: 'object',
    patternProperties: { '^x-': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 3,
  },
  'names of the pattern ^x-, 20': {
    type: 'object',
    patternProperties: { '^x-': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 20,
  },
  'names of the pattern -id$, 2': {
    type: 'object',
    patternProperties: { '-id$': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 2,
  },
  'names of the pattern -id$, 3': {
    type: 'object',
    patternProperties: { '-id$': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 3,
  },
  'names of the pattern -id$, 20': {
    type: 'object',
    patternProperties: { '-id$': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 20,
  },
  'names of the pattern ^[a-z]$, 2': {
    type: 'object',
    patternProperties: { '^[a-z]$': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 2,
  },
  'names of the pattern ^[a-z]$, 3': {
    type: 'object',
    patternProperties: { '^[a-z]$': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 3,
  },
  'names of the pattern ^[a-z]$, 20': {
    type: 'object',
    patternProperties: { '^[a-z]$': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 20,
  },
  'names of the pattern ^x-[a-z]+$, 2': {
    type: 'object',
    patternProperties: { '^x-[a-z]+$': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 2,
  },
  'names of the pattern ^x-[a-z]+$, 3': {
    type: 'object',
    patternProperties: { '^x-[a-z]+$': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 3,
  },
  'names of the pattern ^x-[a-z]+$, 20': {
    type: 'object',
    patternProperties: { '^x-[a-z]+$': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 20,
  },
  'unique objects of few values': {
    type: 'array',
    items: {
      type: 'object',
      required: ['k', 'l'],
      properties: { k: { enum: [1, 2] }, l: { type: 'boolean' } },
      additionalProperties: false,
    },
    uniqueItems: true,
    minItems: 4,
  },
  'unique objects of many values': {
    type: 'array',
    items: {
      type: 'object',
      required: ['a', 'b'],
      properties: { a: { enum: [1, 2, 3] }, b: { type: 'integer' } },
    },
    uniqueItems: true,
    minItems: 60,
  },
  'unique tuples of two booleans': {
    type: 'array',
    items: {
      type: 'array',
      prefixItems: [{ type: 'boolean' }, { type: 'boolean' }],
      items: false,
      minItems: 2,
    },
    uniqueItems: true,
    minItems: 4,
  },
  'unique tuples of three by three': {
    type: 'array',
    items: {
      type: 'array',
      prefixItems: [{ enum: [1, 2, 3] }, { enum: ['a', 'b', 'c'] }],
      items: false,
      minItems: 2,
      maxItems: 2,
    },
    uniqueItems: true,
    minItems: 9,
  },
  'unique booleans': { type: 'array', items: { type: ['boolean', 'null'] }, uniqueItems: true, minItems: 3 },
  contains: {
    type: 'array',
    items: { type: 'integer' },
    contains: { minimum: 100 },
    minContains: 2,
    minItems: 4,
  },
  'contains and no more': {
    type: 'array',
    items: { type: 'integer' },
    contains: { minimum: 5 },
    maxContains: 1,
    minItems: 3,
  },
  'contains none': {
    type: 'array',
    contains: { type: 'string' },
    minContains: 0,
    items: { type: 'integer' },
  },
  'items that are not evaluated': {
    type: 'array',
    prefixItems: [{ type: 'string' }],
    unevaluatedItems: { type: 'integer' },
    minItems: 3,
  },
  'required without properties': { type: 'object', required: ['a', 'b'] },
  'additional properties': { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 3 },
  'no additional properties': {
    type: 'object',
    properties: { a: { type: 'integer' } },
    additionalProperties: false,
    minProperties: 1,
  },
  patternProperties: {
    type: 'object',
    patternProperties: { '^x-[a-z]{2}$': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 2,
  },
  'patternProperties with alternatives': {
    type: 'object',
    patternProperties: { '^(red|green)$': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 2,
  },
  propertyNames: { type: 'object', propertyNames: { pattern: '^[A-Z]{2}$' }, minProperties: 3 },
  maxProperties: {
    type: 'object',
    required: ['c'],
    properties: { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'string' } },
    maxProperties: 2,
  },
  dependentRequired: {
    type: 'object',
    properties: { card: { type: 'integer' } },
    required: ['card'],
    dependentRequired: { card: ['address'] },
  },
  dependentSchemas: {
    type: 'object',
    properties: { card: { type: 'integer' } },
    dependentSchemas: { card: { required: ['zip'], properties: { zip: { type: 'integer' } } } },
  },
  unevaluatedProperties: {
    type: 'object',
    allOf: [{ properties: { a: { type: 'integer' } }, required: ['a'] }],
    properties: { b: { type: 'integer' } },
    unevaluatedProperties: false,
  },
  'unevaluatedProperties of a type': {
    unevaluatedProperties: { type: 'integer' },
    type: 'object',
    minProperties: 2,
  },
  'allOf with siblings': {
    type: 'object',
    required: ['a', 'b'],
    properties: { a: { type: 'integer', minimum: 3 } },
    allOf: [{ properties: { a: { maximum: 3 } } }, { properties: { b: { type: 'string' } } }],
  },
  'allOf with oneOf inside': {
    allOf: [
      { oneOf: [{ properties: { a: { type: 'string' } }, required: ['a'] }, { required: ['b'] }] },
      { properties: { a: { type: 'integer' } } },
    ],
    type: 'object',
  },
  anyOf: { anyOf: [{ type: 'string', maxLength: 1, minLength: 2 }, { type: 'integer' }] },
  'oneOf that overlaps': { oneOf: [{ type: 'integer' }, { type: 'number' }] },
  'oneOf with objects that overlap': {
    oneOf: [
      { type: 'object', properties: { a: { type: 'string' } } },
      { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } }, required: ['b'] },
    ],
  },
  'oneOf with bounds that overlap': { type: 'integer', oneOf: [{ minimum: 1 }, { maximum: 10 }] },
  'oneOf with the same branch twice and another': {
    oneOf: [{ type: 'string' }, { type: 'string' }, { type: 'integer' }],
  },
  'oneOf by which property is required': {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'string' } },
    oneOf: [{ required: ['a'] }, { required: ['b'] }],
  },
  not: { type: 'string', not: { const: 'string' } },
  'not of a type': { type: ['string', 'integer'], not: { type: 'string' } },
  'not of a list': { type: 'integer', not: { enum: [1, 2, 3, 4, 5] } },
  'not required': {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'string' } },
    not: { required: ['a', 'b'] },
  },
  'if and then': {
    type: 'object',
    required: ['kind'],
    properties: { kind: { enum: ['card', 'cash'] } },
    if: { properties: { kind: { const: 'card' } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ['number'], properties: { number: { type: 'integer' } } },
    else: { required: ['coins'] },
  },
  'if and else': { type: 'integer', if: { minimum: 0 }, else: { multipleOf: 7 } },
  '$ref with siblings': { $defs: { a: { type: 'integer' } }, $ref: '#/schema/$defs/a', minimum: 7 },
  'recursion through an array': TREE,
  'recursion that may be null': {
    type: 'object',
    required: ['next'],
    properties: { next: { oneOf: [{ $ref: '#/schema' }, { type: 'null' }] } },
  },
  'recursion through branches': {
    oneOf: [
      {
        type: 'object',
        required: ['of'],
        properties: { of: { $ref: '#/schema' } },
        additionalProperties: false,
      },
      { type: 'string' },
    ],
  },
  'an enum among types': { type: ['string', 'null'], enum: [null, 5, 'b'] },
  'a property called __proto__': JSON.parse(
    '{"type":"object","required":["__proto__"],"properties":{"__proto__":{"type":"integer"}}}',
  ),
  'ten choices': {
    allOf: Array.from({ length: 10 }, (_, index) => ({
      oneOf: [
        { properties: { [`p${index}`]: { type: 'string' } }, required: [`p${index}`] },
        { properties: { [`p${index}`]: { type: 'integer' } }, required: [`p${index}`] },
      ],
    })),
    type: 'object',
  },
};

describe('The value for', () => {
  it.each(Object.entries(SCHEMAS))('%s is valid, and the same every time', (_name, schema) => {
    makeValid(schema);
  });

  it.each([
    'byte',
    'date',
    'date-time',
    'duration',
    'email',
    'hostname',
    'idn-email',
    'idn-hostname',
    'ipv4',
    'ipv6',
    'iri',
    'json-pointer',
    'password',
    'regex',
    'relative-json-pointer',
    'time',
    'uri',
    'uri-reference',
    'uri-template',
    'uuid',
  ])('the format %s is valid, also where many different ones are asked for', (format) => {
    const text = { type: 'string', format };
    expect(makeValid(text)).not.toBe('string');
    makeValid({ type: 'array', items: text, uniqueItems: true, minItems: 30 });
  });
});
