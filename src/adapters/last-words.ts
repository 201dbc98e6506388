import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ResponseReply } from '../mock/reply.ts';
import { clearTimeout, setTimeout } from './real-timers.ts';

/** A client that is still sending when its connection closes may never see the answer (RFC 9112, section 9.6). */
export const LINGER_MS = 1_000;

export const CLOSE = ['Connection', 'close'] as const;

/** The bytes of a last response on a connection. */
export function lastMessage({ status, headers, body }: ResponseReply, cors: readonly string[]): string {
  const text = body ?? '';
  const fields = [...headers, ['Content-Length', Buffer.byteLength(text)], CLOSE].map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  for (let index = 0; index < cors.length; index += 2) fields.push(`${cors[index]}: ${cors[index + 1]}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${fields.join('')}\r\n${text}`;
}

/** Sends the last bytes and drops what still comes, unparsed, for a while. */
export function closeGently(socket: Duplex, bytes = ''): void {
  socket.end(bytes);
  // The parser of node:http would go on making requests of it.
  socket.removeAllListeners('data');
  socket.on('data', () => {});
  socket.resume();
  // While the parser reads, the stream knows nothing of it, and would not begin again where reading had stopped.
  socket._read(0);
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}
