import { isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { shown, shownNames } from '../../text/shown.ts';
import type { SecurityRequirement, SecurityScheme } from '../contract.ts';
import { readSchemes } from './read-schemes.ts';
import { kindOf, type Located, type Reading } from './reading.ts';

/** What `security` says. */
interface Security {
  /** The alternatives, none of which is empty. */
  readonly security: readonly SecurityRequirement[];
  /** Those of all alternatives, also where no key is needed. */
  readonly schemes: readonly SecurityScheme[];
}

/** Reads the security of an operation or of the document; `undefined` where the owner does not say. */
export function readSecurity(reading: Reading, owner: Located<JsonObject>): Security | undefined {
  const { security } = owner.value;
  if (security === undefined) return undefined;
  const pointer = pointerTo(owner.pointer, 'security');
  if (!Array.isArray(security)) {
    reading.report(
      'wrong-type',
      pointer,
      `expected an array of security requirements, found ${kindOf(security)}.`,
    );
    return undefined;
  }
  const requirements = security.map((requirement: unknown, index) =>
    readRequirement(reading, requirement, pointerTo(pointer, index)),
  );
  // An empty requirement makes the key optional, and the mock answers the same with or without one.
  const isOptional = security.some(
    (requirement) => isObject(requirement) && Object.keys(requirement).length === 0,
  );
  const schemes = requirements.flatMap((requirement) => requirement.schemes);
  return { security: isOptional ? [] : requirements, schemes };
}

function readRequirement(reading: Reading, requirement: unknown, pointer: string): SecurityRequirement {
  if (!isObject(requirement)) {
    const detail = `expected a security requirement such as { "PersonalAPIKeyAuth": ["experiment:read"] }.`;
    reading.report('wrong-type', pointer, detail);
    return { scopes: [], schemes: [] };
  }
  const scopes = Object.entries(requirement).flatMap(([scheme, listed]) => {
    if (isTexts(listed)) return listed;
    const found = Array.isArray(listed) ? shown(listed) : kindOf(listed);
    reading.report('wrong-type', pointerTo(pointer, scheme), `expected an array of scopes, found ${found}.`);
    return [];
  });
  const names = Object.keys(requirement);
  return {
    scopes: [...new Set(scopes)],
    schemes: names.flatMap((name) => findScheme(reading, name, pointerTo(pointer, name)) ?? []),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** A scheme that is not described asks for nothing. */
function findScheme(reading: Reading, name: string, pointer: string): SecurityScheme | undefined {
  const schemes = readSchemes(reading);
  const scheme = schemes.get(name);
  if (scheme) return scheme;
  const described = schemes.size === 0 ? 'none is' : `described: ${shownNames([...schemes.keys()])}`;
  reading.report(
    'security',
    pointer,
    `"components.securitySchemes" does not describe "${name}"; ${described}.`,
  );
  return undefined;
}
