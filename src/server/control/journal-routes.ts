import type { Hono } from 'hono';
import type { Answer } from '../../contract/message.ts';
import type { JournalCriteria, JournalEntry } from '../../mock/journal/journal.ts';
import type { CoreMock } from '../../mock/mock.ts';
import { problem } from '../../mock/problem.ts';
import { didYouMean } from '../../text/nearest-name.ts';
import { shownText } from '../../text/shown.ts';
import type { ControlEnv } from './control-env.ts';
import { done, toResponse } from './responses.ts';

/** What has been asked, and what is being asked. */
export function journalRoutes(app: Hono<ControlEnv>): void {
  app.get('/requests', (context) => {
    const filters = readFilters(context.req.query());
    if ('refusal' in filters) return toResponse(filters.refusal);
    return context.json({ requests: entriesOf(context.var.mock, filters) });
  });
  app.delete('/requests', ({ var: { mock } }) => {
    mock.journal.clear();
    return done();
  });
  app.get('/events', ({ req, var: { mock, parts } }) => {
    const headers = { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' };
    // Nobody reads the stream of a HEAD, and nobody would close it.
    return new Response(req.method === 'HEAD' ? null : parts.streams.open(mock), { headers });
  });
}

interface Filters {
  readonly criteria: JournalCriteria;
  readonly limit: number;
}

const FILTERS = ['unmatched', 'operation', 'method', 'scenario', 'status', 'limit'];

function readFilters(query: Readonly<Record<string, string>>): Filters | { readonly refusal: Answer } {
  const unknown = Object.keys(query).find((name) => !FILTERS.includes(name));
  if (unknown !== undefined) {
    const detail = `There is no filter "${shownText(unknown)}".${didYouMean(unknown, FILTERS)} The filters are: ${FILTERS.join(', ')}.`;
    return { refusal: invalid(unknown, detail) };
  }
  const { unmatched, operation, method, scenario, status, limit } = query;
  if (status !== undefined && !/^(\d{3})?$/.test(status)) {
    return {
      refusal: invalid('status', `"status" is a status code, or empty; found "${shownText(status)}".`),
    };
  }
  if (limit !== undefined && !/^\d{1,6}$/.test(limit)) {
    return { refusal: invalid('limit', `"limit" is a number of entries; found "${shownText(limit)}".`) };
  }
  if (unmatched !== undefined && unmatched !== 'true' && unmatched !== 'false') {
    return {
      refusal: invalid('unmatched', `"unmatched" is true or false; found "${shownText(unmatched)}".`),
    };
  }
  return {
    limit: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
    criteria: {
      ...(operation !== undefined && { operation: operation || null }),
      ...(unmatched === 'true' && { operation: null }),
      ...(method !== undefined && { method: method.toUpperCase() }),
      ...(scenario !== undefined && { scenario: scenario || null }),
      ...(status !== undefined && { status: status === '' ? null : Number(status) }),
    },
  };
}

function entriesOf({ journal }: CoreMock, { criteria, limit }: Filters): readonly JournalEntry[] {
  return journal.filter(criteria, limit);
}

function invalid(name: string, detail: string): Answer {
  return problem('REQUEST_INVALID', detail, [{ in: 'query', name: shownText(name), detail }]);
}
