import type { Answer, HttpRequest } from '../../contract/message.ts';
import type { Route } from '../../contract/router.ts';
import { shownText } from '../../text/shown.ts';
import { errorAnswer, notFound } from './errors.ts';
import { queryValue } from './query.ts';

/** Refuses a format other than JSON, asked for by suffix, by `?format=` or by `Accept` (provider/posthog/README.md §6). */
export function negotiate({ query, headers }: HttpRequest, { formatSuffix }: Route): Answer | null {
  const format = formatSuffix ?? queryValue(query, 'format');
  if (format && format !== 'json') {
    const place = formatSuffix === null ? 'the parameter "format"' : 'the suffix of the path';
    return notFound('Not found.', `JSON is the only format; found "${shownText(format)}" in ${place}.`);
  }
  const { accept } = headers;
  return accept === undefined || acceptsJson(accept) ? null : notAcceptable(accept);
}

function notAcceptable(accept: string): Answer {
  const detail = 'Could not satisfy the request Accept header.';
  const hint = `"Accept" has to have application/json, application/* or */* in it; found "${shownText(accept)}".`;
  return errorAnswer(406, 'invalid_request', 'not_acceptable', detail, hint);
}

/** As Django REST framework reads it: `q=0` refuses nothing, and an empty header accepts nothing. */
function acceptsJson(accept: string): boolean {
  return accept.split(',').some((mediaRange) => {
    const [name = ''] = mediaRange.split(';', 1);
    return /^(application|\*)\/(json|\*)$/i.test(name.trim());
  });
}
