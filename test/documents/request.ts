import { isObject } from '../../src/json.ts';
import { makeBody } from './body.ts';
import { credentialFor } from './credential.ts';
import type { OpenApiDocument } from './document.ts';
import type { Judge } from './judge.ts';
import type { Operation, Parameter } from './operations.ts';
import { writePathValue, writeQuery, writeSimple } from './parameters.ts';
import { type Made, makeValue } from './values.ts';

/** A request that an operation describes. */
export interface DocumentedRequest {
  readonly method: string;
  /** Path and query, encoded, below the path of the server. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** What ajv has against its values: nothing valid could be made for them. */
  readonly problems: readonly string[];
}

/** What requests need to know about the rows behind an API. */
export interface Known {
  readonly token: string;
  /** Values of path parameters, by name. */
  readonly pathValues: Readonly<Record<string, string>>;
}

/** Described as headers by some documents, but said by other means (OpenAPI, Parameter Object). */
const NOT_PARAMETERS = ['accept', 'content-type', 'authorization'];

/** Makes a request from the examples and schemas of an operation: what is required, and a credential. */
export function makeRequest(
  document: OpenApiDocument,
  judge: Judge,
  operation: Operation,
  { token, pathValues }: Known,
): DocumentedRequest {
  const problems: string[] = [];
  const valueFor = (parameter: Parameter): unknown => {
    const { value, problem } = makeParameter(document, judge, parameter);
    if (problem !== null) problems.push(`${parameter.in} ${parameter.name}: ${problem}`);
    return value;
  };
  const required = (place: string) =>
    operation.parameters.filter((parameter) => parameter.in === place && parameter.required);
  const credential = credentialFor(document, operation, token);
  const [withoutFragment = ''] = operation.path.split('#', 1);
  const path = withoutFragment.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const known = pathValues[name];
    if (known !== undefined) return encodeURIComponent(known);
    const parameter = required('path').find((candidate) => candidate.name === name);
    return parameter === undefined ? 'value' : writePathValue(parameter, valueFor(parameter));
  });
  const query = [
    ...required('query').map((parameter) => writeQuery(parameter, valueFor(parameter))),
    ...credential.query,
  ].filter((pair) => pair !== '');
  const headers: Record<string, string> = { accept: '*/*' };
  for (const parameter of required('header')) {
    const name = parameter.name.toLowerCase();
    if (!NOT_PARAMETERS.includes(name)) headers[name] = writeSimple(parameter, valueFor(parameter));
  }
  const cookies = [
    ...required('cookie').map(
      (parameter) => `${parameter.name}=${writeSimple(parameter, valueFor(parameter))}`,
    ),
    ...credential.cookies,
  ];
  if (cookies.length > 0) headers.cookie = cookies.join('; ');
  const body = makeBody(document, judge, operation);
  if (body?.problem) problems.push(`body: ${body.problem}`);
  return {
    method: operation.method,
    target: path + (query.length === 0 ? '' : `${path.includes('?') ? '&' : '?'}${query.join('&')}`),
    headers: { ...headers, ...(body && { 'content-type': body.contentType }), ...credential.headers },
    body: body?.text,
    problems,
  };
}

function makeParameter(document: OpenApiDocument, judge: Judge, { object, file }: Parameter): Made {
  const [media] = isObject(object.content) ? Object.values(object.content) : [];
  return makeValue(document, judge, isObject(media) ? media : object, file);
}
