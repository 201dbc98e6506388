import type { Operation, ResponseDescription } from '../../contract/contract.ts';
import { descriptionOf } from '../../contract/described.ts';
import type { HeaderField } from '../../contract/message.ts';
import { resolveSchema } from '../../contract/resolve-schema.ts';
import { checkAt } from '../../contract/schema.ts';
import { isObject, parseJson } from '../../json.ts';
import { pointerTo, valueAt } from '../../json-pointer.ts';
import { schemaFor } from '../check.ts';
import { redactFields } from '../journal/redact.ts';
import type { ResponseReply } from '../reply.ts';
import { describeAnswerBody, type Part } from './body.ts';
import { SAME_TYPE } from './body-rules.ts';
import type { LeftOutReason, PactResponse } from './pact.ts';

/** Describes an answer: status, the headers that the contract has, and body. */
export function describeResponse(
  root: object,
  operation: Operation,
  { status, headers: fields, body: text, redaction }: ResponseReply,
): Part<PactResponse> | LeftOutReason {
  const contentType = fields.find(([name]) => name === 'Content-Type')?.[1];
  const description = descriptionOf(operation, status);
  const schema = description && contentType !== undefined ? schemaFor(description, contentType) : undefined;
  const body = describeAnswerBody(root, {
    text,
    contentType,
    schema: schema === undefined ? undefined : valueAt(root, schema),
    secrets: redaction,
  });
  if (typeof body === 'string') return body;
  const names = description ? headerNames(root, operation, description) : new Set();
  const isKept = ([name]: HeaderField) => name === 'Content-Type' || names.has(name.toLowerCase());
  const headers = redactFields(fields.filter(isKept), redaction);
  const documented = Object.keys(headers).filter((name) => name !== 'Content-Type');
  const rules = {
    ...(documented.length > 0 && {
      header: Object.fromEntries(documented.map((name) => [name, SAME_TYPE])),
    }),
    ...(body.rules && { body: body.rules }),
  };
  // An answer that breaks the contract is not of the same shape as one that keeps it.
  const keeps = schema === undefined || checkAt(root, schema)(parseJson(text ?? '')).length === 0;
  return {
    part: {
      status,
      ...(Object.keys(headers).length > 0 && {
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      }),
      ...(body.body && { body: body.body }),
      ...(Object.keys(rules).length > 0 && { matchingRules: rules }),
    },
    shape: [status, contentType ?? null, documented.sort(), body.shape, keeps],
  };
}

/** The names of the headers that the contract has for a response, in lower case. */
function headerNames(
  root: object,
  { path, method }: Operation,
  { status }: ResponseDescription,
): ReadonlySet<string> {
  const item = resolveSchema(root, valueAt(root, pointerTo('/paths', path)));
  const { responses } = resolveSchema(root, item[method.toLowerCase()]);
  const { headers } = resolveSchema(root, isObject(responses) ? responses[status] : undefined);
  return new Set(isObject(headers) ? Object.keys(headers).map((name) => name.toLowerCase()) : []);
}
