import { format as formats, type Schema, validate } from '@cfworker/json-schema';
import { localPointer, valueAt } from '../../json-pointer.ts';
import { memoize } from '../../memoize.ts';
import { hasSlowPattern, withoutSlowPatterns } from '../pattern.ts';
import { type IntegerFormat, integerBoundsOf } from './integer-format.ts';
import {
  hasOnly,
  type ResolveReference,
  readSchema,
  type SchemaMap,
  type SoundSchema,
} from './sound-schema.ts';
import { SpentError, type Work } from './work.ts';

/** The schemas of a document, each read once, when it is first needed. */
export interface SchemaGraph {
  /** The schema at a pointer; one that accepts everything where there is none. */
  at(pointer: string): SoundSchema;
  /**
   * Whether a value is valid by a schema. A value that the validator cannot check is not.
   *
   * @throws {RangeError} when the stack does not suffice.
   * @throws {SpentError} when the work is spent.
   */
  accepts(schema: SoundSchema, value: unknown, work: Work): boolean;
}

export function createSchemaGraph(document: object): SchemaGraph {
  const known = new Map<string, SoundSchema>();
  const resolve: ResolveReference = (ref) => {
    const pointer = localPointer(ref);
    return pointer !== undefined && valueAt(document, pointer) !== undefined ? pointer : undefined;
  };
  const at = (pointer: string): SoundSchema => {
    const schema = known.get(pointer) ?? readSchema(valueAt(document, pointer), pointer, resolve);
    known.set(pointer, schema);
    return schema;
  };
  return { at, accepts: createValidator(at) };
}

/** The schema that another one only refers to. */
export function follow(schema: SoundSchema, graph: Pick<SchemaGraph, 'at'>): SoundSchema {
  const seen = new Set<SoundSchema>();
  let next = schema;
  while (next.$ref !== undefined && !seen.has(next) && hasOnly(next, ['$ref'])) {
    seen.add(next);
    next = graph.at(next.$ref);
  }
  return next;
}

/** The first of those schemas that are the same, by reference or as they are. */
export function distinct(
  schemas: readonly SoundSchema[],
  graph: Pick<SchemaGraph, 'at'>,
): readonly SoundSchema[] {
  const seen = new Map(schemas.toReversed().map((schema) => [follow(schema, graph), schema] as const));
  return schemas.filter((schema) => seen.get(follow(schema, graph)) === schema);
}

/**
 * The validator of the mock, on schemas that are read already. Where a document of a thousand operations has its bodies
 * made, compiling each schema with all that it refers to would cost far more than to check.
 */
function createValidator(at: (pointer: string) => SoundSchema): SchemaGraph['accepts'] {
  const known: Record<string, Schema> = {};
  let current: Work | undefined;
  const waiting: string[] = [];
  const refer = (pointer: string) => {
    const uri = `#${pointer}`;
    if (!Object.hasOwn(known, uri)) {
      known[uri] = {};
      waiting.push(pointer);
    }
    return uri;
  };
  const translate = translator({ at, refer, look: () => current?.look() });
  return (schema, value, work) => {
    const translated = translate(schema);
    for (let pointer = waiting.pop(); pointer !== undefined; pointer = waiting.pop())
      known[`#${pointer}`] = translate(at(pointer));
    current = work;
    try {
      return validate(value, translated, '2020-12', known, true).valid;
    } catch (cause) {
      if (cause instanceof RangeError || cause instanceof SpentError) throw cause;
      return false;
    }
  };
}

interface Translation {
  readonly at: (pointer: string) => SoundSchema;
  /** The name under which the validator finds the schema at a pointer. */
  readonly refer: (pointer: string) => string;
  /** Is called whenever the validator uses a schema: references can double the branches to check at each step. */
  readonly look: () => void;
}

/** Schemas as the validator needs them, each translated once. */
function translator({ at, refer, look }: Translation): (schema: SoundSchema) => Schema {
  const translate = memoize((schema: SoundSchema): Schema => {
    const $ref = schema.$ref === undefined ? undefined : refer(schema.$ref);
    const one = (part: SoundSchema | undefined) => part && translate(part);
    const all = (parts: readonly SoundSchema[] | undefined) => parts?.map(translate);
    const map = (parts: SchemaMap | undefined) =>
      parts && Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, translate(part)]));
    const once = (parts: readonly SoundSchema[] | undefined) => parts && all(distinct(parts, { at }));
    const {
      pointer: _,
      $ref: __,
      samples: ___,
      choices,
      discriminator: ____,
      writeOnly: _____,
      content: ______,
      ...keywords
    } = schema;
    // What takes long to match is left out: of names altogether, of texts in favour of a format that matches in time.
    const hasSlowNames = hasSlowPattern({ patternProperties: schema.patternProperties });
    const translated = {
      ...keywords,
      enum: choices,
      format: schema.format === 'byte' ? BYTE : schema.format,
      pattern: undefined,
      properties: map(schema.properties),
      patternProperties: hasSlowNames ? undefined : map(schema.patternProperties),
      additionalProperties: hasSlowNames ? undefined : one(schema.additionalProperties),
      unevaluatedProperties: hasSlowNames ? undefined : one(schema.unevaluatedProperties),
      propertyNames: one(schema.propertyNames),
      dependentSchemas: map(schema.dependentSchemas),
      items: one(schema.items),
      prefixItems: all(schema.prefixItems),
      unevaluatedItems: one(schema.unevaluatedItems),
      contains: one(schema.contains),
      anyOf: once(schema.anyOf),
      oneOf: all(schema.oneOf),
      not: one(schema.not),
      if: one(schema.if),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: one(schema.then),
      else: one(schema.else),
      allOf: [...(once(schema.allOf) ?? []), ...patternPart(schema), ...integerPart(schema.format)],
    };
    const present = Object.entries(translated).filter(([, value]) => value !== undefined);
    return Object.defineProperty(Object.fromEntries(present), '$ref', {
      get() {
        look();
        return $ref;
      },
    });
  });
  return translate;
}

function patternPart({ pattern }: SoundSchema): readonly Schema[] {
  return pattern === undefined ? [] : [withoutSlowPatterns({ pattern })];
}

function integerPart(format: string | undefined): readonly Schema[] {
  const bounds: IntegerFormat | undefined = integerBoundsOf(format);
  return bounds ? [{ ...bounds, multipleOf: 1 }] : [];
}

/** The validator knows no `byte`. The name is one that no document has, so other contracts are checked as before. */
const BYTE = 'bodies:byte';
formats[BYTE] = (text: string) =>
  text.length % 4 === 0 && /^[A-Za-z0-9+/]*$/.test(text.replace(/={1,2}$/, ''));
