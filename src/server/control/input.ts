import type { Context } from 'hono';
import type { Answer } from '../../contract/message.ts';
import { compileSchema, type SchemaCheck } from '../../contract/schema.ts';
import contract from '../../generated/control-plane.json' with { type: 'json' };
import { pointerTo, valueAt } from '../../json-pointer.ts';
import { bodyTooLarge, problem } from '../../mock/problem.ts';
import { messageOf } from '../../text/message-of.ts';
import { withoutSecrets } from '../../text/secrets.ts';

/** A body that its operation takes, or why it does not. */
export type Input<T> = { readonly value: T } | { readonly refusal: Answer };

const MEDIA_TYPE = 'application/json';

/** In bytes: a snapshot of very many rows has to fit. */
const MAX_BODY_BYTES = 16 * 1_048_576;
const MAX_DISCARDED_BYTES = 4 * MAX_BODY_BYTES;

/**
 * Reads the body of a request to the control plane and checks it against the control plane's own contract.
 * A body that may be left out is `{}` then. What comes out has the shape of the contract, so `T` is what that says.
 *
 * @param path as the contract has it, such as `/change-requests/{id}/approve`.
 */
export async function readInput<T>(context: Context, path: string): Promise<Input<T>> {
  const method = context.req.method.toLowerCase();
  const body = pointerTo('/paths', path, method, 'requestBody');
  const text = await readText(context.req.raw);
  if (text === undefined) return { refusal: bodyTooLarge(MAX_BODY_BYTES) };
  if (text === '') {
    return valueAt(contract, pointerTo(body, 'required')) === true
      ? invalid('The request has no body; it takes JSON.')
      : { value: {} as T };
  }
  // A form of another site can send any body, but not this header.
  if (!isJson(context.req.header('content-type'))) {
    const detail = `A body is sent with "Content-Type: ${MEDIA_TYPE}".`;
    return { refusal: problem('REQUEST_INVALID', detail, [{ in: 'header', name: 'Content-Type', detail }]) };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return invalid(`The body is not JSON: ${withoutQuote(messageOf(cause))}.`);
  }
  const violations = checkAt(pointerTo(body, 'content', MEDIA_TYPE, 'schema'))(value);
  if (violations.length === 0) return { value: value as T };
  const errors = violations.map(({ pointer, detail }) => ({
    in: 'body' as const,
    pointer: withoutSecrets(pointer),
    detail,
  }));
  const detail = `The body is not what ${context.req.method} ${path} takes: ${errors.map(({ pointer, detail }) => `${pointer || 'the body'}: ${detail}`).join(' ')}`;
  return { refusal: problem('REQUEST_INVALID', detail, errors) };
}

/** `undefined` when the body is longer than the limit. */
async function readText({ headers, body }: Request): Promise<string | undefined> {
  if (Number(headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length;
    // Read on for a while: who is still sending when the connection closes does not learn why.
    if (length > MAX_DISCARDED_BYTES) await reader?.cancel();
    else if (length <= MAX_BODY_BYTES) chunks.push(part.value);
  }
  if (length > MAX_BODY_BYTES) return undefined;
  return new TextDecoder().decode(Buffer.concat(chunks));
}

const checks = new Map<string, SchemaCheck>();

function checkAt(pointer: string): SchemaCheck {
  const check = checks.get(pointer) ?? compileSchema(contract, pointer);
  checks.set(pointer, check);
  return check;
}

/** The parser quotes where it stopped, and what it quotes may be a part of a secret. */
function withoutQuote(message: string): string {
  return message.replace(/, (?:\.{3})?".*"(?:\.{3})? is not valid JSON$/s, '');
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType?.trim() ?? '');
}

function invalid(detail: string): { readonly refusal: Answer } {
  return { refusal: problem('REQUEST_INVALID', detail, [{ in: 'body', detail }]) };
}
