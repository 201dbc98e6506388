import type { Answer, HeaderField } from '../contract/message.ts';
import { copyStart } from '../text/own-copy.ts';
import type { Secrets } from '../text/secrets.ts';
import type { WithheldAnswer } from './checks.ts';
import { MAX_BODY_LENGTH } from './journal/record.ts';
import { redactBody, redactFields } from './journal/redact.ts';

/** What may be shown of an answer that was not sent. */
export function withheldAnswer(
  { status, contentType, headers, body }: Answer,
  secrets: Secrets,
): WithheldAnswer {
  const fields: readonly HeaderField[] = contentType === null ? [] : [['Content-Type', contentType]];
  return {
    status,
    headers: redactFields([...fields, ...headers], secrets),
    body: body === null ? null : shownBody(body, secrets),
  };
}

function shownBody(body: string, secrets: Secrets): string {
  if (body.length <= MAX_BODY_LENGTH) return redactBody(body, secrets);
  return secrets.hideStart(copyStart(body, MAX_BODY_LENGTH));
}
