import type { Context, HonoRequest } from 'hono';
import type { Answer } from '../../contract/message.ts';
import { checkAt } from '../../contract/schema.ts';
import { estimateBytes } from '../../database/rows/row-bytes.ts';
import contract from '../../generated/control-plane.json' with { type: 'json' };
import type { paths } from '../../generated/control-plane.ts';
import { hasMoreMembers, isObject } from '../../json.ts';
import { pointerTo, valueAt } from '../../json-pointer.ts';
import { bodyTooLarge, problem } from '../../mock/problem.ts';
import { messageOf } from '../../text/message-of.ts';
import { withoutSecrets } from '../../text/secrets.ts';
import { counted, shownText } from '../../text/shown.ts';
import { MAX_CONTROL_BODY_BYTES } from '../limit-bodies.ts';
import { refuseManyNames } from './member-names.ts';
import { attempt, toResponse } from './responses.ts';

/** What a request carries, once its operation takes it, or why the operation does not. */
export type Input<T> = { readonly value: T } | { readonly refusal: Answer };

/** The methods of operations that take a body. */
type BodyMethod = 'post' | 'put';

/** The body that an operation takes, as the control plane's own contract describes it. */
export type BodyOf<Path extends keyof paths, Method extends BodyMethod> = paths[Path][Method] extends {
  readonly requestBody?: { readonly content: { readonly 'application/json': infer Body } };
}
  ? Body
  : never;

const MEDIA_TYPE = 'application/json';

/** What its values may take, by estimate: rows as large as may be, with room for white space between them. */
export const MAX_PARSED_BYTES = 32 * 1_048_576;
const MAX_DISCARDED_BYTES = 4 * MAX_CONTROL_BODY_BYTES;

/** Answers a request by what its body says, or refuses it; the act may throw as {@link attempt} describes. */
export async function withInput<Path extends keyof paths, Method extends BodyMethod>(
  context: Context,
  path: Path,
  method: Method,
  act: (body: BodyOf<Path, Method>) => Response,
): Promise<Response> {
  const input = await readInput(context, path, method);
  return 'refusal' in input ? toResponse(input.refusal) : attempt(() => act(input.value));
}

/** Like {@link withInput}, for a required body that the act itself checks. */
export async function withJson({ req }: Context, act: (body: unknown) => Response): Promise<Response> {
  const input = await readJson(req, true);
  return 'refusal' in input ? toResponse(input.refusal) : attempt(() => act(input.value));
}

/**
 * Reads the body of a request and checks it against the schema of its operation.
 * An absent optional body reads as `{}`.
 *
 * @param path a path of the contract, such as `/change-requests/{id}/approve`.
 */
async function readInput<Path extends keyof paths, Method extends BodyMethod>(
  { req }: Context,
  path: Path,
  method: Method,
): Promise<Input<BodyOf<Path, Method>>> {
  const body = pointerTo('/paths', path, method, 'requestBody');
  const isRequired = valueAt(contract, pointerTo(body, 'required')) === true;
  const input = await readJson(req, isRequired);
  if ('refusal' in input) return input;
  const { value } = input;
  const violations = checkAt(contract, pointerTo(body, 'content', MEDIA_TYPE, 'schema'))(value);
  // The types are generated from the schema that the value has just passed.
  if (violations.length === 0) return { value: value as BodyOf<Path, Method> };
  const errors = violations.map(({ pointer, detail }) => ({
    in: 'body' as const,
    pointer: withoutSecrets(pointer),
    detail,
  }));
  const detail = `The body is not what ${req.method} ${path} takes: ${errors.map(({ pointer, detail }) => `${pointer || 'the body'}: ${detail}`).join(' ')}`;
  return { refusal: problem('REQUEST_INVALID', detail, errors) };
}

async function readJson(req: HonoRequest, isRequired: boolean): Promise<Input<unknown>> {
  const text = await readText(req.raw);
  if (text === undefined) return { refusal: bodyTooLarge(MAX_CONTROL_BODY_BYTES) };
  if (text === '') {
    return isRequired ? invalid('The request has no body; it takes JSON.') : { value: {} };
  }
  // A form of another site can send any body, but not this header.
  if (!isJson(req.header('content-type'))) {
    const detail = `A body is sent with "Content-Type: ${MEDIA_TYPE}".`;
    return { refusal: problem('REQUEST_INVALID', detail, [{ in: 'header', name: 'Content-Type', detail }]) };
  }
  if (estimateBytes(text) > MAX_PARSED_BYTES) return { refusal: bodyTooDense() };
  const refusal = refuseManyNames(text);
  if (refusal) return { refusal };
  try {
    const value: unknown = JSON.parse(text);
    return isWide(value) ? invalid(`The body has an object of more than ${MAX_MEMBERS} members.`) : { value };
  } catch (cause) {
    return invalid(`The body is not JSON: ${withoutQuote(messageOf(cause))}.`);
  }
}

/** Members of an object in a body. None takes so many outside of rows, and the checks would look at each. */
export const MAX_MEMBERS = 100;
/** What holds rows; they have bounds of their own. */
const ROWS: ReadonlySet<string> = new Set(['fixtures', 'rows']);

function isWide(body: unknown): boolean {
  const values = [body];
  for (const value of values) {
    if (isObject(value)) {
      if (hasMoreMembers(value, MAX_MEMBERS)) return true;
      for (const [name, member] of Object.entries(value)) {
        if (value !== body || !ROWS.has(name)) values.push(member);
      }
    } else if (Array.isArray(value)) {
      for (const item of value) if (typeof item === 'object') values.push(item);
    }
  }
  return false;
}

/** `undefined` when the body is longer than the limit. */
async function readText({ headers, body }: Request): Promise<string | undefined> {
  if (Number(headers.get('content-length') ?? 0) > MAX_CONTROL_BODY_BYTES) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length;
    // Read on for a while: a client that is still sending when the connection closes never sees the answer.
    if (length > MAX_DISCARDED_BYTES) await reader?.cancel();
    else if (length <= MAX_CONTROL_BODY_BYTES) chunks.push(part.value);
  }
  if (length > MAX_CONTROL_BODY_BYTES) return undefined;
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function bodyTooDense(): Answer {
  const detail = `The body would take more than ${counted(MAX_PARSED_BYTES, 'byte')} of memory once it is parsed: it has very many small values.`;
  return problem('PAYLOAD_TOO_LARGE', detail);
}

/** The parser quotes the text where it stopped, which may be part of a secret. */
function withoutQuote(message: string): string {
  const [what = ''] = message.split(/, (?:\.{3})?"/, 1);
  return what;
}

/** Refuses a parameter of a query. */
export function invalidQuery(name: string, detail: string): { readonly refusal: Answer } {
  return { refusal: problem('REQUEST_INVALID', detail, [{ in: 'query', name: shownText(name), detail }]) };
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType?.trim() ?? '');
}

function invalid(detail: string): { readonly refusal: Answer } {
  return { refusal: problem('REQUEST_INVALID', detail, [{ in: 'body', detail }]) };
}
