import { isObject } from '../../json.ts';
import { localPointer, pointerTo, valueAt } from '../../json-pointer.ts';
import { kindOf, type Reading } from './reading.ts';

/** Members whose content is data, in which a `$ref` would be no reference. */
const DATA = new Set(['example', 'default', 'const', 'enum', 'value']);

/** Members that are maps: their keys are names, so that "default" is a response or a property, and no data. */
const MAPS = new Set([
  '$defs',
  'callbacks',
  'content',
  'dependentSchemas',
  'encoding',
  'examples',
  'headers',
  'links',
  'parameters',
  'pathItems',
  'paths',
  'patternProperties',
  'properties',
  'requestBodies',
  'responses',
  'schemas',
  'securitySchemes',
  'x-scenarios',
]);

/** Maps that may carry specification extensions beside their members. */
const EXTENSIBLE = new Set(['paths', 'responses']);

/** Reports every `$ref` that leaves the document, leads nowhere or leads only to itself. */
export function checkReferences(reading: Reading): void {
  visit(reading, reading.document, '');
}

/** @param map the name of the map that the node is, if it is one. */
function visit(reading: Reading, node: unknown, pointer: string, map?: string): void {
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) visit(reading, item, pointerTo(pointer, index));
    return;
  }
  if (!isObject(node)) return;
  // In a map, `$ref` is a name like any other.
  const isReference = typeof node.$ref === 'string' || (map === undefined && node.$ref !== undefined);
  if (isReference) checkReference(reading, node.$ref, pointerTo(pointer, '$ref'));
  for (const [key, member] of Object.entries(node)) {
    if (!isData(key, member, map)) visit(reading, member, pointerTo(pointer, key), mapAt(key, map));
  }
}

/** The map that a member is, if it is one; a member of a map never is. */
export function mapAt(key: string, map: string | undefined): string | undefined {
  return map === undefined && MAPS.has(key) ? key : undefined;
}

/** Whether the content of a member is data, so that a `$ref` in it is no reference. */
export function isData(key: string, member: unknown, map: string | undefined): boolean {
  if (map !== undefined) return EXTENSIBLE.has(map) && key.startsWith('x-');
  if (key.startsWith('x-')) return key !== 'x-scenarios';
  // `examples` of a schema is an array of data; of a media type it is a map of Example Objects.
  return DATA.has(key) || (key === 'examples' && Array.isArray(member));
}

function checkReference(reading: Reading, ref: unknown, pointer: string): void {
  if (typeof ref !== 'string') {
    reading.report(
      pointer,
      `expected a reference such as "#/components/schemas/Name", found ${kindOf(ref)}.`,
    );
    return;
  }
  const target = localPointer(ref);
  if (target === undefined || (target !== '' && !target.startsWith('/'))) {
    reading.report(
      pointer,
      `"${ref}" is not a local reference; expected one such as "#/components/schemas/Name".`,
    );
    return;
  }
  const seen = new Set([target]);
  for (let next = target; ; ) {
    const value = valueAt(reading.document, next);
    if (value === undefined) {
      reading.report(pointer, `"${ref}" leads nowhere; there is nothing at "${next}".`);
      return;
    }
    const chained = isObject(value) && typeof value.$ref === 'string' ? localPointer(value.$ref) : undefined;
    if (chained === undefined) return;
    if (seen.has(chained)) {
      reading.report(pointer, `"${ref}" leads back to itself.`);
      return;
    }
    seen.add(chained);
    next = chained;
  }
}
