import { typesOf } from '../../contract/resolve-schema.ts';
import { isObject } from '../../json.ts';
import { fittingSchema } from './fitting-schema.ts';

/**
 * The part of an answer's body that its schema promises: without members that an object may have, but that the schema
 * does not name. A consumer that relies on one relies on more than the contract.
 */
export function promisedPart(root: object, schema: unknown, body: unknown): unknown {
  if (schema === undefined || typeof body !== 'object' || body === null) return body;
  const fitting = fittingSchema(root, schema, body);
  if (Array.isArray(body)) return body.map((item) => promisedPart(root, fitting.items, item));
  const { properties, patternProperties, additionalProperties = true } = fitting;
  const named = isObject(properties) ? properties : {};
  const isOpen =
    additionalProperties === true && !patternProperties && typesOf(root, fitting).includes('object');
  const members = Object.entries(body).filter(([name]) => !isOpen || Object.hasOwn(named, name));
  return Object.fromEntries(
    members.map(([name, member]) => {
      const own = Object.hasOwn(named, name) ? named[name] : additionalProperties;
      return [name, promisedPart(root, own, member)];
    }),
  );
}
