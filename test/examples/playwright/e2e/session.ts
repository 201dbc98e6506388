import { test as base } from '@playwright/test';
import type { ScenarioName, SessionOptions } from 'posthog-experiments-mock';
import { MOCK } from '../playwright.config.ts';

/** The mock of one test. */
export interface Session {
  use(scenario: ScenarioName): Promise<void>;
  /** The statuses of the answers so far. */
  statuses(): Promise<number[]>;
}

export const test = base.extend<{ sessionOptions: SessionOptions; session: Session }>({
  /** What the session starts with: `test.use({ sessionOptions: { scenario: 'throttled' } })`. */
  sessionOptions: [{}, { option: true }],
  /** Opens a session for the test, and sends its id with all requests of the page. */
  session: [
    async ({ context, request, sessionOptions }, run) => {
      const opened = await request.post(`${MOCK}/__mock__/sessions`, { data: sessionOptions });
      const { id, baseUrl } = await opened.json();
      await context.setExtraHTTPHeaders({ 'X-Mock-Session': id });
      await run({
        use: async (scenario) => {
          await request.put(`${baseUrl}/__mock__/scenario`, { data: { scenario } });
        },
        statuses: async () => {
          const { requests } = await (await request.get(`${baseUrl}/__mock__/requests`)).json();
          return requests.map(({ status }: { status: number }) => status);
        },
      });
      await request.delete(`${MOCK}/__mock__/sessions/${id}`);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
