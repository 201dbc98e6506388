import { setupServer } from 'msw/node';
import { createMock, unhandled } from '../../../src/index.ts';
import { askBy, type Front } from './front.ts';

export async function openSetupServer(): Promise<Front> {
  const server = setupServer();
  server.listen(unhandled(createMock(), { others: 'error' }));
  return {
    name: 'setupServer',
    ask: (asked) => {
      server.resetHandlers(...createMock(asked.options).handlers);
      return askBy(fetch, 'https://us.posthog.com', asked);
    },
    close: async () => server.close(),
  };
}
