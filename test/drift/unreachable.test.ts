import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MAX_BODY_BYTES } from '../../src/cli/live-server.ts';
import { SELF_SIGNED } from './support/certificate.ts';
import { lines, listen, live, report } from './support/live.ts';

const ONLY_STATS = { operation: ['experiments_stats_retrieve'] };
const BODY = JSON.stringify({
  launched_last_30d: 8,
  launched_previous_30d: 6,
  percent_change: 33.3,
  active_experiments: 11,
  completed_last_30d: 6,
});
const HEADERS = { 'Content-Type': 'application/json', Allow: 'GET, HEAD, OPTIONS' };

/** Why nothing could be compared. */
async function reasonAt(target: string, timeout = 5): Promise<string | null | undefined> {
  const { code, findings, operations } = await report({ target, ...ONLY_STATS, timeout });
  expect({ code, findings }).toEqual({ code: 2, findings: [] });
  return operations[0]?.reason;
}

/** A server that sends bytes of its own choice. */
async function raw(answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

describe('cannot be compared with a server that', () => {
  it('is not there', async () => {
    const url = await raw(() => {});
    // A port that was free a moment ago, and that nothing listens on.
    const { port } = new URL(url);
    expect(await reasonAt(`http://127.0.0.2:${port}`)).toBe('no answer: nothing listens there.');
  });

  it('does not answer', async () => {
    const { url } = await live(() => {});
    expect(await reasonAt(url, 0.2)).toBe('no answer within 0.2 s.');
  });

  it('never ends its body', async () => {
    const { url } = await live((_, response) => {
      response.writeHead(200, HEADERS);
      response.write('{"launched');
    });
    expect(await reasonAt(url, 0.3)).toBe('its body is not complete after 0.3 s.');
  });

  it('closes at once', async () => {
    expect(await reasonAt(await raw((socket) => socket.destroy()))).toBe(
      'no answer: the server closed the connection.',
    );
  });

  it('cuts its body off', async () => {
    const url = await raw((socket) =>
      socket.end(
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"launched',
      ),
    );
    expect(await reasonAt(url)).toMatch(/^its body cannot be read: the server closed the connection\.$/);
  });

  it('cuts a chunked body off', async () => {
    const url = await raw((socket) =>
      socket.end(
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"lau\r\n',
      ),
    );
    expect(await reasonAt(url)).toMatch(/^its body cannot be read: the server closed the connection\.$/);
  });

  it('says gzip and means text', async () => {
    const { url } = await live((_, response) => {
      response.writeHead(200, { ...HEADERS, 'Content-Encoding': 'gzip' });
      response.end(BODY);
    });
    expect(await reasonAt(url)).toBe(
      'its body cannot be read: the body is not compressed as Content-Encoding says.',
    );
  });

  it('does not speak HTTP', async () => {
    expect(await reasonAt(await raw((socket) => socket.end('SSH-2.0-OpenSSH\r\n')))).toMatch(
      /^no answer: the server does not answer in HTTP \(HPE_/,
    );
  });

  it('sends too much, also when it is small on the way', async () => {
    const { url } = await live((_, response) => {
      response.writeHead(200, { ...HEADERS, 'Content-Encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(MAX_BODY_BYTES + 1, ' ')));
    });
    expect(await reasonAt(url)).toBe(`its body has more than ${MAX_BODY_BYTES} bytes.`);
  });

  it('has a certificate that nobody has signed', async () => {
    const url = await listen(createTlsServer(SELF_SIGNED, (_, response) => response.end()));
    expect(await reasonAt(url.replace('http:', 'https:'))).toBe(
      'no answer: TLS: its certificate is self-signed; trust its authority with NODE_EXTRA_CA_CERTS.',
    );
  });

  it('does not speak TLS', async () => {
    const { url } = await live((_, response) => response.end());
    expect(await reasonAt(url.replace('http:', 'https:'))).toBe(
      'no answer: TLS: the server does not speak it there, perhaps plain http://.',
    );
  });

  it('redirects to another origin, which gets neither the key nor a request', async () => {
    const other = await live((_, response) => response.end());
    const { url } = await live((_, response) => {
      response.writeHead(302, { Location: `${other.url}/login?next=secret` });
      response.end();
    });
    expect(await reasonAt(url)).toBe(
      `live redirects (302) to ${other.url}, which is not followed: the key is for the target only.`,
    );
    expect(other.requests).toEqual([]);
  });

  it('redirects to what is no URL of HTTP', async () => {
    const { url } = await live((_, response) =>
      response.writeHead(302, { Location: 'mailto:a@b.example' }).end(),
    );
    expect(await reasonAt(url)).toMatch(/^live redirects \(302\) to something that is no URL of HTTP, /);
  });

  it('compresses in a way that was not asked for', async () => {
    const { url } = await live((_, response) => {
      response.writeHead(200, { ...HEADERS, 'Content-Encoding': 'zstd' });
      response.end(Buffer.from('28b52ffd0458090000', 'hex'));
    });
    expect(await reasonAt(url)).toBe('its body is encoded as "zstd", which was not asked for.');
  });

  it('is at a port that fetch refuses', async () => {
    expect(await reasonAt('http://127.0.0.1:6000')).toBe('no answer: fetch does not open this port.');
  });

  it('redirects in a circle', async () => {
    const { url, requests } = await live((request, response) => {
      response.writeHead(307, { Location: request.url ?? '/' });
      response.end();
    });
    expect(await reasonAt(url)).toBe('live redirects more than 5 times.');
    expect(requests).toHaveLength(6);
  });
});

it('follows a redirect with a password without the password', async () => {
  const { url, requests } = await live((request, response) => {
    const isMoved = request.url === '/moved';
    const { host } = request.headers;
    response.writeHead(
      isMoved ? 200 : 302,
      isMoved ? HEADERS : { Location: `http://user:word@${host}/moved` },
    );
    response.end(isMoved ? BODY : '');
  });
  const { findings } = await report({ target: url, ...ONLY_STATS });
  expect(findings.map(({ found }) => found)).toEqual(['a redirect (302) to the same origin']);
  expect(requests.map(({ headers }) => headers.authorization?.split(' ')[0])).toEqual(['Bearer', 'Bearer']);
});

it('reads plain text whose encoding is only a name', async () => {
  const { url } = await live((_, response) => {
    response.writeHead(200, { ...HEADERS, 'Content-Encoding': 'utf-8' });
    response.end(BODY);
  });
  expect((await report({ target: url, ...ONLY_STATS })).findings).toEqual([]);
});

it('reads a compressed body that breaks off as far as it goes', async () => {
  const { url } = await live((_, response) => {
    response.writeHead(200, { ...HEADERS, 'Content-Encoding': 'gzip' });
    response.end(gzipSync(BODY).subarray(0, 60));
  });
  const { code, ...found } = await report({ target: url, ...ONLY_STATS });
  expect(lines(found)).toEqual([
    'error | live-breaks-contract | 200 | body |  | expected JSON, found text that is not JSON',
  ]);
});

it('waits once when it is asked to, and then compares', async () => {
  let count = 0;
  const { url, requests } = await live((_, response) => {
    count += 1;
    response.writeHead(count === 1 ? 429 : 200, { ...HEADERS, 'Retry-After': '0' });
    response.end(BODY);
  });
  const { code, ...found } = await report({ target: url, ...ONLY_STATS });
  // Only the header that it still sends is new.
  expect(lines(found)).toEqual([
    'note | not-in-contract | 200 | header | retry-after | expected no such header (contract), found a header',
  ]);
  expect(code).toBe(0);
  expect(requests).toHaveLength(2);
});

it('gives up on the second 429, and on one that asks to wait for long', async () => {
  const error = JSON.stringify({ type: 'throttled_error', code: 'throttled', detail: 'x', attr: null });
  const at = async (seconds: string) => {
    const { url, requests } = await live((_, response) => {
      response.writeHead(429, { ...HEADERS, 'Retry-After': seconds });
      response.end(error);
    });
    const { operations } = await report({ target: url, ...ONLY_STATS });
    return [operations[0]?.reason, requests.length];
  };
  expect(await at('0')).toEqual([expect.stringMatching(/^live answers 429: too many requests/), 2]);
  expect(await at('3600')).toEqual(['live asks to wait for more than 60 s.', 1]);
});

it('exits with 1 when some of it could not be compared', async () => {
  const { url } = await live((request, response) => {
    if (request.url?.includes('requires_flag')) return request.socket.destroy();
    response.writeHead(200, HEADERS);
    response.end(BODY);
  });
  const { code, operations } = await report({ target: url });
  expect(operations.map(({ reason }) => reason)).toEqual([
    'no answer: the server closed the connection.',
    null,
  ]);
  expect(code).toBe(1);
});
