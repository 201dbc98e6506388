import type { DocumentedAnswer, DocumentedAnswers } from '../../contract/contract.ts';
import { isJson } from '../../contract/media-type.ts';
import type { Answer, HttpRequest } from '../../contract/message.ts';
import { negotiate as negotiateMedia } from '../../contract/negotiate.ts';
import type { Route } from '../../contract/router.ts';
import { shownText } from '../../text/shown.ts';
import { errorAnswer, notFound } from './errors.ts';
import { queryValue } from './query.ts';

/**
 * Refuses a format other than JSON, asked for by suffix, by `?format=` or by `Accept` (provider/posthog/README.md §6),
 * unless the contract has it.
 */
export function negotiate(
  { query, headers }: HttpRequest,
  { operation, formatSuffix }: Route,
): Answer | null {
  const format = formatSuffix ?? queryValue(query, 'format');
  if (format && format !== 'json' && !answerIn(operation.ok, format)) {
    const place = formatSuffix === null ? 'the parameter "format"' : 'the suffix of the path';
    return notFound('Not found.', `JSON is the only format; found "${shownText(format)}" in ${place}.`);
  }
  const { accept } = headers;
  if (accept === undefined || acceptsJson(accept) || offersMore(operation.ok, accept)) return null;
  return notAcceptable(accept);
}

/** Chooses among the media types of the contract, as `?format=`, the suffix of the path or `Accept` wants it. */
export function chooseAnswer(
  answers: DocumentedAnswers,
  { query, headers }: HttpRequest,
  { formatSuffix }: Route,
): DocumentedAnswer {
  const [first, ...others] = answers;
  if (others.length === 0) return first;
  const format = formatSuffix ?? queryValue(query, 'format');
  return (format && answerIn(answers, format)) || (negotiateMedia(answers, headers.accept) ?? first);
}

/** The answer in a format such as `csv`. */
function answerIn(answers: DocumentedAnswers, format: string): DocumentedAnswer | undefined {
  return answers.find(({ contentType }) => contentType?.split(';', 1)[0]?.trim().endsWith(`/${format}`));
}

/** Django renders an answer without a body as JSON. */
function offersMore(answers: DocumentedAnswers, accept: string): boolean {
  const others = answers.filter(({ contentType }) => contentType !== null && !isJson(contentType));
  return others.length > 0 && negotiateMedia(others, accept) !== null;
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
