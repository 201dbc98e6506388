import { isObject } from './json.ts';
import { localPointer, pointerTo, valueAt } from './json-pointer.ts';
import type { Reading } from './reading.ts';

/** Members whose content is data, in which a `$ref` would be no reference. */
const DATA = new Set(['example', 'default', 'const', 'enum', 'value']);

/** Reports every `$ref` that leaves the document, leads nowhere or leads only to itself. */
export function checkReferences(reading: Reading): void {
  visit(reading, reading.document, '');
}

function visit(reading: Reading, node: unknown, pointer: string): void {
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) visit(reading, item, pointerTo(pointer, index));
    return;
  }
  if (!isObject(node)) return;
  if (typeof node.$ref === 'string') checkReference(reading, node.$ref, pointerTo(pointer, '$ref'));
  for (const [key, member] of Object.entries(node)) {
    // `examples` of a schema is an array of data; of a media type it is a map of Example Objects.
    const isData = DATA.has(key) || key.startsWith('x-') || (key === 'examples' && Array.isArray(member));
    // A schema's `properties` may well have a property called "default" or "value".
    if (!isData || /\/(properties|\$defs|schemas|patternProperties)$/.test(pointer)) {
      visit(reading, member, pointerTo(pointer, key));
    }
  }
}

function checkReference(reading: Reading, ref: string, pointer: string): void {
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
