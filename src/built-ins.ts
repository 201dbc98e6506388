/**
 * Tells values of the platform's classes by their brand. `instanceof` would miss those of another realm: tests in Jest
 * or in a vm context have built-ins of their own.
 */
export function isDate(value: unknown): value is Date {
  return brandOf(value) === 'Date';
}

export function isUrl(value: unknown): value is URL {
  return brandOf(value) === 'URL';
}

export function isError(value: unknown): value is Error {
  return value instanceof Error || brandOf(value) === 'Error';
}

/**
 * Whether a value is an error of one of the package's own classes, by its name: there may be two copies of a class, as
 * after `jest.resetModules()`, or where a mock of the browser's entry is served.
 */
export function isNamedError<Own extends Error>(value: unknown, name: Own['name']): value is Own {
  return isError(value) && value.name === name;
}

export function isRequest(value: unknown): value is Request {
  return brandOf(value) === 'Request';
}

/** Whether a value is an object as JSON has it, of no class. */
export function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Such as `Uint8Array`; `Object` for those of no built-in class. */
export function brandOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
