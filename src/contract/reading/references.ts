import { isObject } from '../../json.ts';
import { localPointer, valueAt } from '../../json-pointer.ts';
import { kindOf, type Reading } from './reading.ts';
import { walk } from './walk.ts';

/** Reports every `$ref` that leaves the document, leads nowhere or leads back to itself. */
export function checkReferences(reading: Reading): void {
  walk(reading.document, ({ key, value, pointer, map }) => {
    // In a map, `$ref` may be a name like any other.
    const isReference = key === '$ref' && (typeof value === 'string' || map === undefined);
    if (isReference) checkReference(reading, value, pointer);
    return true;
  });
}

/** References that may lead to one another; those who follow them recurse. */
const MAX_CHAINED = 100;

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
    if (seen.size === MAX_CHAINED) {
      reading.report(pointer, `"${ref}" leads on through more than ${MAX_CHAINED} references.`);
      return;
    }
    seen.add(chained);
    next = chained;
  }
}
