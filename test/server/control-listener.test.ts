import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { createMock } from '../../src/index.ts';
import { createEventStreams } from '../../src/server/control/event-streams.ts';
import { createControlListener } from '../../src/server/control-listener.ts';
import { openSessions } from '../../src/server/sessions.ts';
import { bodyOf, headerOf, message, send, statusOf } from './support/raw.ts';

it('a control plane that cannot be loaded is a 500 problem, and the next request tries again', async () => {
  const failures: unknown[] = [];
  const cause = new Error('no memory');
  let loads = 0;
  const listener = createControlListener(
    {
      shared: () => createMock(),
      sessions: openSessions({}),
      streams: createEventStreams(),
      publicUrl: null,
      onError: (failure) => void failures.push(failure),
    },
    async () => {
      loads += 1;
      if (loads === 1) throw cause;
      return (_, response) => void response.end('loaded');
    },
  );
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const first = await send(port, message('GET', '/__mock__/scenarios'));
  expect([statusOf(first), JSON.parse(bodyOf(first)).code]).toEqual([500, 'MOCK_FAILED']);
  expect(headerOf(first, 'cache-control')).toBe('no-store');
  expect(failures).toEqual([cause]);
  expect(bodyOf(await send(port, message('GET', '/__mock__/scenarios')))).toContain('loaded');
  expect(failures).toHaveLength(1);
});
