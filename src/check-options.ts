import { checkMembers, OPTIONS } from './check-members.ts';
import { isObject } from './json.ts';
import { shown } from './text/shown.ts';
import { UsageTypeError } from './usage-error.ts';

const TYPES = {
  string: { name: 'a string', matches: isString },
  /** Like `string`; no message shows the value. */
  secret: { name: 'a string', matches: isString },
  strings: {
    name: 'an array of strings',
    matches: (value: unknown) => Array.isArray(value) && value.every(isString),
  },
  number: { name: 'a number', matches: (value: unknown) => typeof value === 'number' },
  boolean: { name: 'true or false', matches: (value: unknown) => typeof value === 'boolean' },
  object: { name: 'an object', matches: isObject },
  function: { name: 'a function', matches: (value: unknown) => typeof value === 'function' },
};

/** The options that a function takes, and their types. */
export type OptionTypes<Options> = { readonly [Name in keyof Required<Options>]: keyof typeof TYPES };

/**
 * Checks names and types of options. An option that is undefined counts as absent.
 *
 * @param owner the function that takes the options, as messages name it.
 * @throws {UsageTypeError} on an unknown option, listing the known ones, and on a value of the wrong type.
 */
export function checkOptions<Options extends object>(
  owner: string,
  given: Options,
  types: OptionTypes<Options>,
): void {
  checkMembers(owner, OPTIONS, given, Object.keys(types));
  for (const [name, type] of Object.entries<keyof typeof TYPES>(types)) {
    const value: unknown = Reflect.get(given, name);
    if (value === undefined || TYPES[type].matches(value)) continue;
    const found = type === 'secret' ? 'another type' : shown(value);
    throw new UsageTypeError(`"${name}" of ${owner} is ${TYPES[type].name}; found ${found}.`);
  }
}

function isString(value: unknown): boolean {
  return typeof value === 'string';
}
