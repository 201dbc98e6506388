import type { Hono } from 'hono';
import { setImmediate } from '../../adapters/real-timers.ts';
import contract from '../../generated/control-plane.json' with { type: 'json' };
import type { JournalEntry } from '../../mock/journal/entry.ts';
import type { Journal, JournalCriteria } from '../../mock/journal/journal.ts';
import { problem } from '../../mock/problem.ts';
import { noSuchName } from '../../text/nearest-name.ts';
import { shownText } from '../../text/shown.ts';
import { isUsageError } from '../../usage-error.ts';
import type { ControlEnv } from './control-env.ts';
import { type Input, invalidQuery } from './input.ts';
import { noContent, toResponse } from './responses.ts';

/** The journal, its entries as they come, and what was counted beside it. */
export function journalRoutes(app: Hono<ControlEnv>): void {
  app.get('/requests', async (context) => {
    const filters = readFilters(context.req.query());
    if ('refusal' in filters) return toResponse(filters.refusal);
    const entries = entriesOf(context.var.mock.journal, filters.value);
    if ('refusal' in entries) return toResponse(entries.refusal);
    const texts = await textsInSlices(entries.value);
    return context.body(`{"requests":[${texts.join(',')}]}`, 200, { 'Content-Type': 'application/json' });
  });
  app.delete('/requests', ({ var: { mock } }) => {
    mock.journal.clear();
    return noContent();
  });
  app.get('/coverage', (context) => context.json(context.var.mock.coverage()));
  app.delete('/coverage', ({ var: { mock } }) => {
    mock.clearCoverage();
    return noContent();
  });
  app.get('/events', ({ req, var: { mock, parts } }) => {
    const headers = { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' };
    // A HEAD answer has no reader that would ever close the stream.
    return new Response(req.method === 'HEAD' ? null : parts.streams.open(mock), { headers });
  });
}

function entriesOf(journal: Journal, { criteria, limit }: Filters): Input<Iterable<JournalEntry>> {
  try {
    return { value: journal.each(criteria, limit) };
  } catch (cause) {
    if (!isUsageError(cause)) throw cause;
    const detail = cause.message;
    return { refusal: problem('REQUEST_INVALID', detail, [{ in: 'query', detail }]) };
  }
}

/** Others are answered in between. */
const SLICE_MS = 10;

async function textsInSlices(entries: Iterable<JournalEntry>): Promise<readonly string[]> {
  const texts: string[] = [];
  let since = performance.now();
  for (const entry of entries) {
    texts.push(JSON.stringify(entry));
    if (performance.now() - since < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
  return texts;
}

interface Filters {
  readonly criteria: JournalCriteria<string>;
  readonly limit: number;
}

const FILTERS = contract.paths['/requests'].get.parameters.map(({ name }) => name);

/** The values that a filter may have, where not any text will do. */
const FORMATS: Readonly<Record<string, readonly [pattern: RegExp, description: string]>> = {
  status: [/^(\d{3})?$/, 'a status code, or empty'],
  limit: [/^\d{1,6}$/, 'a number of entries'],
  unmatched: [/^(true|false)$/, 'true or false'],
};

function readFilters(query: Readonly<Record<string, string>>): Input<Filters> {
  for (const [name, value] of Object.entries(query)) {
    if (!FILTERS.includes(name))
      return invalidQuery(name, noSuchName('There is no filter', name, FILTERS, 'The filters are'));
    const [pattern, description] = FORMATS[name] ?? [];
    if (pattern && !pattern.test(value)) {
      return invalidQuery(name, `"${name}" is ${description}; found "${shownText(value)}".`);
    }
  }
  const { unmatched, operation, method, scenario, status, limit } = query;
  const criteria = {
    ...(operation !== undefined && { operation: operation || null }),
    ...(unmatched === 'true' && { operation: null }),
    ...(method !== undefined && { method: method.toUpperCase() }),
    ...(scenario !== undefined && { scenario: scenario || null }),
    ...(status !== undefined && { status: status === '' ? null : Number(status) }),
  };
  return { value: { criteria, limit: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit) } };
}
