import { isObject, type JsonObject } from '../json.ts';
import { resolveSchema } from './resolve-schema.ts';

/** Whose value is checked: a client does not have to send what is `readOnly`, nor a server what is `writeOnly`. */
export type Sender = 'client' | 'server';

/**
 * Names of members that the sender may leave out although `required` has them, by the schema and those that it consists
 * of. Ends: `break-circles.ts` has taken circles for the same value away.
 */
export function optionalMembers(document: unknown, schema: unknown, sender: Sender): readonly string[] {
  const { properties, allOf } = resolveSchema(document, schema);
  const own = Object.entries(isObject(properties) ? properties : {}).flatMap(([name, property]) =>
    isOptional(document, property, sender) ? name : [],
  );
  return [...own, ...partsOf(allOf).flatMap((part) => optionalMembers(document, part, sender))];
}

function isOptional(document: unknown, property: unknown, sender: Sender): boolean {
  const says = ({ readOnly, writeOnly }: JsonObject) => (sender === 'client' ? readOnly : writeOnly) === true;
  const resolved = resolveSchema(document, property);
  return (
    (isObject(property) && says(property)) ||
    says(resolved) ||
    partsOf(resolved.allOf).some((part) => isOptional(document, part, sender))
  );
}

function partsOf(allOf: unknown): readonly unknown[] {
  return Array.isArray(allOf) ? allOf : [];
}
