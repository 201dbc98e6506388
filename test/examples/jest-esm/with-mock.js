import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { createMock } from 'posthog-experiments-mock';

const mock = createMock({ now: '2026-01-31T12:00:00Z' });

export const server = setupServer();

/**
 * Makes a test with a mock of its own, which answers what it asks, also while other tests run. It fails when it asks what
 * the mock does not answer.
 */
export function withMock(test) {
  return server.boundary(async () => {
    const session = mock.session();
    const leaks = [];
    const refuse = http.all('*', ({ request }) => {
      leaks.push(`${request.method} ${request.url} should not be asked. ${session.explain(request)}`);
      return HttpResponse.error();
    });
    server.use(...session.handlers, refuse);
    await test(session);
    session[Symbol.dispose]();
    if (leaks.length > 0) throw new Error(leaks.join('\n'));
  });
}
