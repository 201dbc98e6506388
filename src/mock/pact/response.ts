import type { Operation } from '../../contract/contract.ts';
import { descriptionOf, schemaFor } from '../../contract/described.ts';
import type { HeaderField } from '../../contract/message.ts';
import { checkAt } from '../../contract/schema.ts';
import { parseJson } from '../../json.ts';
import { valueAt } from '../../json-pointer.ts';
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
  const names = new Set(description?.headers.map(({ name }) => name.toLowerCase()));
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
