import { equalJson, isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { TYPE_NAMES, type TypeName } from '../keywords.ts';
import { isJson } from '../media-type.ts';
import { isPattern } from '../pattern.ts';

const TYPES: ReadonlySet<unknown> = new Set(TYPE_NAMES);

/** Schemas by name of a property, or by pattern. */
export type SchemaMap = Readonly<Record<string, SoundSchema>>;

/** A schema of a document without the keywords whose values are wrong: real documents have many. */
export interface SoundSchema {
  /** JSON pointer into the document. */
  readonly pointer: string;
  /** The pointer of the schema that it refers to. */
  readonly $ref: string | undefined;
  readonly type: readonly TypeName[] | undefined;
  /** `const` and `enum`, which mean the same for whoever makes a value. */
  readonly choices: readonly unknown[] | undefined;
  /** `examples`, `example` and `default`; they may break the schema. */
  readonly samples: readonly unknown[];
  readonly writeOnly: boolean;
  readonly format: string | undefined;
  readonly pattern: string | undefined;
  /** What a text of JSON says: `contentSchema`, which no validator checks. */
  readonly content: SoundSchema | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly exclusiveMinimum: number | undefined;
  readonly exclusiveMaximum: number | undefined;
  readonly multipleOf: number | undefined;
  readonly properties: SchemaMap | undefined;
  readonly patternProperties: SchemaMap | undefined;
  readonly additionalProperties: SoundSchema | undefined;
  readonly unevaluatedProperties: SoundSchema | undefined;
  readonly propertyNames: SoundSchema | undefined;
  readonly required: readonly string[] | undefined;
  readonly dependentRequired: Readonly<Record<string, readonly string[]>> | undefined;
  readonly dependentSchemas: SchemaMap | undefined;
  readonly minProperties: number | undefined;
  readonly maxProperties: number | undefined;
  readonly items: SoundSchema | undefined;
  readonly prefixItems: readonly SoundSchema[] | undefined;
  readonly unevaluatedItems: SoundSchema | undefined;
  readonly contains: SoundSchema | undefined;
  readonly minContains: number | undefined;
  readonly maxContains: number | undefined;
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
  readonly uniqueItems: boolean;
  readonly allOf: readonly SoundSchema[] | undefined;
  readonly anyOf: readonly SoundSchema[] | undefined;
  readonly oneOf: readonly SoundSchema[] | undefined;
  readonly not: SoundSchema | undefined;
  readonly if: SoundSchema | undefined;
  readonly then: SoundSchema | undefined;
  readonly else: SoundSchema | undefined;
  readonly discriminator: Discriminator | undefined;
}

export interface Discriminator {
  readonly propertyName: string;
  /** The pointers of schemas by the property's value. */
  readonly mapping: ReadonlyMap<string, string>;
}

/** Whether a schema has no other keywords than these. */
export function hasOnly(schema: SoundSchema, keys: readonly (keyof SoundSchema)[]): boolean {
  const { pointer: _, samples, ...keywords } = schema;
  const allowed: readonly string[] = keys;
  return Object.entries({ ...keywords, samples: samples.length > 0 }).every(
    ([key, value]) => value === undefined || value === false || allowed.includes(key),
  );
}

/** The pointer of the schema that a `$ref` means; `undefined` where there is none. */
export type ResolveReference = (ref: string) => string | undefined;

/**
 * Reads a schema. What is no schema at all accepts every value.
 *
 * @throws {RangeError} when the schema is nested too deeply for the stack.
 */
export function readSchema(raw: unknown, pointer: string, resolve: ResolveReference): SoundSchema {
  if (raw === false) return readObject({ not: {} }, pointer, resolve);
  return readObject(isObject(raw) ? raw : {}, pointer, resolve);
}

function readObject(raw: JsonObject, pointer: string, resolve: ResolveReference): SoundSchema {
  const own = (key: string) => (Object.hasOwn(raw, key) ? raw[key] : undefined);
  const isSchema = (value: unknown) => isObject(value) || typeof value === 'boolean';
  const sub = (key: string) =>
    isSchema(own(key)) ? readSchema(raw[key], pointerTo(pointer, key), resolve) : undefined;
  const list = (key: string) => {
    const listed = own(key);
    if (!Array.isArray(listed) || listed.length === 0) return undefined;
    return listed.map((member, index) => readSchema(member, pointerTo(pointer, key, index), resolve));
  };
  const map = (key: string, isName: (name: string) => boolean = () => true) => {
    const members = own(key);
    if (!isObject(members)) return undefined;
    const named = Object.entries(members).filter(([name]) => isName(name));
    return Object.fromEntries(
      named.map(([name, member]) => [name, readSchema(member, pointerTo(pointer, key, name), resolve)]),
    );
  };
  const number = (key: string) => finite(own(key));
  const size = (key: string) => count(own(key));
  const $ref = own('$ref');
  const mediaType = own('contentMediaType');
  return {
    pointer,
    $ref: typeof $ref === 'string' ? resolve($ref) : undefined,
    type: typesOf(own('type')),
    choices: choicesOf(raw),
    samples: samplesOf(raw),
    writeOnly: own('writeOnly') === true,
    format: formatOf(raw),
    pattern: patternOf(own('pattern')),
    content: isText(mediaType) && isJson(mediaType) ? sub('contentSchema') : undefined,
    minLength: size('minLength'),
    maxLength: size('maxLength'),
    minimum: number('minimum'),
    maximum: number('maximum'),
    exclusiveMinimum: number('exclusiveMinimum'),
    exclusiveMaximum: number('exclusiveMaximum'),
    multipleOf: positive(own('multipleOf')),
    properties: map('properties'),
    patternProperties: map('patternProperties', isPattern),
    additionalProperties: sub('additionalProperties'),
    unevaluatedProperties: sub('unevaluatedProperties'),
    propertyNames: sub('propertyNames'),
    required: namesOf(own('required')),
    dependentRequired: dependentOf(own('dependentRequired')),
    dependentSchemas: map('dependentSchemas'),
    minProperties: size('minProperties'),
    maxProperties: size('maxProperties'),
    items: sub('items'),
    prefixItems: list('prefixItems'),
    unevaluatedItems: sub('unevaluatedItems'),
    contains: sub('contains'),
    minContains: size('minContains'),
    maxContains: size('maxContains'),
    minItems: size('minItems'),
    maxItems: size('maxItems'),
    uniqueItems: own('uniqueItems') === true,
    allOf: list('allOf'),
    anyOf: list('anyOf'),
    oneOf: list('oneOf'),
    not: sub('not'),
    if: sub('if'),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: sub('then'),
    else: sub('else'),
    discriminator: discriminatorOf(own('discriminator'), resolve),
  };
}

function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function positive(value: unknown): number | undefined {
  const number = finite(value);
  return number !== undefined && number > 0 ? number : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

function isTypeName(value: unknown): value is TypeName {
  return TYPES.has(value);
}

function typesOf(value: unknown): readonly TypeName[] | undefined {
  const types = (Array.isArray(value) ? value : [value]).filter(isTypeName);
  return types.length > 0 ? types : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function namesOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter(isText) : undefined;
}

function dependentOf(value: unknown): Readonly<Record<string, readonly string[]>> | undefined {
  if (!isObject(value)) return undefined;
  return Object.fromEntries(Object.entries(value).map(([name, names]) => [name, namesOf(names) ?? []]));
}

function choicesOf(raw: JsonObject): readonly unknown[] | undefined {
  const listed = Array.isArray(raw.enum) && raw.enum.length > 0 ? raw.enum : undefined;
  if (!Object.hasOwn(raw, 'const') || raw.const === undefined) return listed;
  return listed === undefined || listed.some((choice) => equalJson(choice, raw.const)) ? [raw.const] : [];
}

function samplesOf(raw: JsonObject): readonly unknown[] {
  const samples = Array.isArray(raw.examples) ? [...raw.examples] : [];
  if (Object.hasOwn(raw, 'example')) samples.push(raw.example);
  // `null` as a default says that there may be nothing; other values tell more.
  if (Object.hasOwn(raw, 'default') && raw.default !== null) samples.push(raw.default);
  // By OpenAPI 3.0, `nullable` counts beside `type` only. A value that is no `null` is right however it is read.
  const takesNull = Array.isArray(raw.type) && raw.type.includes('null');
  return samples.filter((sample) => sample !== undefined && (sample !== null || takesNull));
}

function formatOf({ format, contentEncoding, pattern }: JsonObject): string | undefined {
  if (typeof format === 'string') return format;
  // It says how to read a text and refuses none; a pattern may be one of something else.
  return contentEncoding === 'base64' && pattern === undefined ? 'byte' : undefined;
}

function patternOf(pattern: unknown): string | undefined {
  return typeof pattern === 'string' && isPattern(pattern) ? pattern : undefined;
}

function discriminatorOf(value: unknown, resolve: ResolveReference): Discriminator | undefined {
  if (!isObject(value) || typeof value.propertyName !== 'string') return undefined;
  const entries = isObject(value.mapping) ? Object.entries(value.mapping) : [];
  const mapping = entries.flatMap(([name, target]) => {
    if (typeof target !== 'string') return [];
    // The name of a schema is as good as a reference to it.
    const pointer = resolve(target) ?? resolve(`#/components/schemas/${target}`);
    return pointer === undefined ? [] : [[name, pointer] as const];
  });
  return { propertyName: value.propertyName, mapping: new Map(mapping) };
}
