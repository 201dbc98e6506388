import type { RequestListener } from 'node:http';

/** The answer of a live server that agrees with the contract. */
export const STATS_BODY = {
  launched_last_30d: 8,
  launched_previous_30d: 6,
  percent_change: 33.3,
  active_experiments: 11,
  completed_last_30d: 6,
};

const HEADERS = { 'Content-Type': 'application/json', Allow: 'GET, HEAD, OPTIONS' };

/** Answers everything with one answer. */
export function answerWith(
  body: unknown = STATS_BODY,
  status = 200,
  headers: Readonly<Record<string, string>> = HEADERS,
): RequestListener {
  return (_, response) => {
    response.writeHead(status, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}
