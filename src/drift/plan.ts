import type { Contract, Operation, Parameter } from '../contract/contract.ts';
import { pathKeyOf } from '../contract/path-key.ts';
import { shown, shownNames } from '../text/shown.ts';
import { serializeParameter } from './serialize-parameter.ts';

/** A request to be sent, without a credential. */
export interface PlannedRequest {
  readonly method: 'GET' | 'HEAD';
  /** Percent-encoded, below the base path of the server. */
  readonly path: string;
  /** Percent-encoded, without the question mark. */
  readonly query: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Values for parameters, by name. */
export type ParameterValues = ReadonlyMap<string, string>;

/** The operations that only read. */
export function safeOperations({ operations }: Contract): readonly Operation[] {
  return operations.filter(({ method }) => method === 'GET' || method === 'HEAD');
}

/** JSON is what can be compared best. Live and mock get the same. */
const ACCEPT = 'application/json, */*;q=0.1';

/** Headers that OpenAPI leaves to other parts of the description, and those of the connection, which is the client's. */
const NOT_PARAMETERS = new Set([
  'accept',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Makes the request of an operation: its required parameters, and those that are given, from the given values, else
 * from the examples of the contract.
 *
 * @returns why there is none, as text.
 */
export function planRequest(operation: Operation, given: ParameterValues): PlannedRequest | string {
  const { method, parameters } = operation;
  const { template, pins } = pathKeyOf(operation);
  if (method !== 'GET' && method !== 'HEAD') return `${method} may change something.`;
  const unknown = placeholdersOf(template).filter(
    (name) => !parameters.some((parameter) => parameter.in === 'path' && parameter.name === name),
  );
  if (unknown.length > 0) return `the contract does not describe ${shownNames(unknown)} of the path.`;
  const values = new Map<Parameter, readonly string[]>();
  const isPinned = ({ in: place, name }: Parameter) =>
    place === 'query' && pins.some((pin) => pin.name === name && pin.value === null);
  for (const parameter of parameters.filter((known) => isSent(known, given) || isPinned(known))) {
    const texts = fill(parameter, given);
    if (typeof texts === 'string') return texts;
    values.set(parameter, texts);
  }
  const fixed = pins.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const]));
  return { method, ...assemble(template, fixed, values) };
}

/** The texts that are sent; a string: why there are none. */
function fill(parameter: Parameter, given: ParameterValues): readonly string[] | string {
  const own = given.get(parameter.name);
  const value = own ?? parameter.example;
  if (value === undefined) return `${missing(parameter)} has no example; ${give(parameter)}`;
  const texts = serializeParameter(parameter, value);
  if (!texts)
    return `${own === undefined ? 'the example' : 'the value'} of ${missing(parameter)} cannot be sent; ${give(parameter)}`;
  const refused = texts.find((text) => isRefused(parameter, text));
  if (refused === undefined) return texts;
  // What was given is not repeated: it may be the key.
  if (own !== undefined) return `${missing(parameter)} cannot be what --param gives.`;
  return `${missing(parameter)} cannot be ${shown(refused)}; ${give(parameter)}`;
}

function isSent(parameter: Parameter, given: ParameterValues): boolean {
  if (parameter.in === 'header' && NOT_PARAMETERS.has(parameter.name.toLowerCase())) return false;
  return parameter.required || parameter.in === 'path' || given.has(parameter.name);
}

function assemble(
  template: string,
  fixed: readonly (readonly [name: string, value: string])[],
  values: ReadonlyMap<Parameter, readonly string[]>,
) {
  const query = fixed.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  const headers: Record<string, string> = { accept: ACCEPT };
  const cookies: string[] = [];
  let path = template;
  for (const [{ in: place, name }, texts] of values) {
    const [text = ''] = texts;
    if (place === 'path') path = path.replaceAll(`{${name}}`, () => text);
    if (place === 'query') query.push(...texts);
    if (place === 'header') headers[name.toLowerCase()] = text;
    if (place === 'cookie') cookies.push(`${name}=${text}`);
  }
  if (cookies.length > 0) headers.cookie = cookies.join('; ');
  return { path, query: query.join('&'), headers };
}

/** In a path, such segments would lead elsewhere; a header takes one line of printable text. */
function isRefused({ in: place }: Parameter, text: string): boolean {
  if (place === 'path') return text === '' || text === '.' || text === '..';
  return place === 'header' && !/^[\x20-\x7e]*$/.test(text);
}

function placeholdersOf(template: string): readonly string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}

function missing({ in: place, name }: Parameter): string {
  return `the ${place} parameter ${shown(name)}`;
}

function give({ name }: Parameter): string {
  return `give it with --param ${name}=VALUE.`;
}
