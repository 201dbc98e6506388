import { format as formats, type Schema, validate } from '@cfworker/json-schema';
import { localPointer, valueAt } from '../../json-pointer.ts';
import { memoize } from '../../memoize.ts';
import { hasSlowPattern, withoutSlowPatterns } from '../pattern.ts';
import { type IntegerFormat, integerBoundsOf } from './integer-format.ts';
import { type ResolveReference, readSchema, type SchemaMap, type SoundSchema } from './sound-schema.ts';
import type { Work } from './work.ts';

/** The schemas of a document, each read once, when it is first needed. */
export interface SchemaGraph {
  /** The schema at a pointer; one that accepts everything where there is none. */
  at(pointer: string): SoundSchema;
  /**
   * Whether a value is valid by a schema. A value that the validator cannot check is not, nor one for which the work is
   * spent.
   *
   * @throws {RangeError} when the stack does not suffice.
   */
  accepts(schema: SoundSchema, value: unknown, work: Work): boolean;
}

export function createSchemaGraph(document: object, resolveOthers?: ResolveReference): SchemaGraph {
  const known = new Map<string, SoundSchema>();
  const resolve: ResolveReference = (ref) => {
    const pointer = localPointer(ref) ?? resolveOthers?.(ref);
    return pointer !== undefined && valueAt(document, pointer) !== undefined ? pointer : undefined;
  };
  const at = (pointer: string): SoundSchema => {
    const schema = known.get(pointer) ?? readSchema(valueAt(document, pointer), pointer, resolve);
    known.set(pointer, schema);
    return schema;
  };
  return { at, accepts: createValidator(at) };
}

/**
 * The validator of the mock, on schemas that are read already. Where a document of a thousand operations has its bodies
 * made, compiling each schema with all that it refers to would cost far more than to check.
 */
function createValidator(at: (pointer: string) => SoundSchema): SchemaGraph['accepts'] {
  const known: Record<string, Schema> = {};
  let current: Work | undefined;
  // References can double the branches to check at each step, which the validator does not count.
  const lookup = new Proxy(known, {
    get(target, uri) {
      current?.look();
      if (current?.isSpent) throw new SpentError();
      return Reflect.get(target, uri);
    },
  });
  const waiting: string[] = [];
  const translate = translator((pointer) => {
    const uri = `#${pointer}`;
    if (!Object.hasOwn(known, uri)) {
      known[uri] = {};
      waiting.push(pointer);
    }
    return uri;
  });
  return (schema, value, work) => {
    const translated = translate(schema);
    for (let pointer = waiting.pop(); pointer !== undefined; pointer = waiting.pop())
      known[`#${pointer}`] = translate(at(pointer));
    current = work;
    try {
      return validate(value, translated, '2020-12', lookup, true).valid;
    } catch (cause) {
      if (cause instanceof RangeError) throw cause;
      return false;
    }
  };
}

class SpentError extends Error {}

/** Schemas as the validator needs them, each translated once. */
function translator(refer: (pointer: string) => string): (schema: SoundSchema) => Schema {
  const translate = memoize((schema: SoundSchema): Schema => {
    const one = (part: SoundSchema | undefined) => part && translate(part);
    const all = (parts: readonly SoundSchema[] | undefined) => parts?.map(translate);
    const map = (parts: SchemaMap | undefined) =>
      parts && Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, translate(part)]));
    const { pointer: _, samples: __, choices, discriminator: ___, writeOnly: ____, ...keywords } = schema;
    // What takes long to match is left out: of names altogether, of texts in favour of a format that matches in time.
    const hasSlowNames = hasSlowPattern({ patternProperties: schema.patternProperties });
    const translated = {
      ...keywords,
      $ref: schema.$ref === undefined ? undefined : refer(schema.$ref),
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
      anyOf: all(schema.anyOf),
      oneOf: all(schema.oneOf),
      not: one(schema.not),
      if: one(schema.if),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: one(schema.then),
      else: one(schema.else),
      allOf: [...(all(schema.allOf) ?? []), ...patternPart(schema), ...integerPart(schema.format)],
    };
    return Object.fromEntries(Object.entries(translated).filter(([, value]) => value !== undefined));
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
