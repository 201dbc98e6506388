import { connect, type Socket } from 'node:net';

/** An HTTP request as bytes. It is not validated, so it can be one that fetch would not send. */
export function message(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): string {
  const length = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const fields = { Host: '127.0.0.1', Connection: 'close', ...length, ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/** Opens a connection, writes bytes to it, and leaves it open. Nothing is read; a reset is no error. */
export function open(port: number, bytes = ''): Socket {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.on('error', () => {});
  if (bytes !== '') socket.write(Buffer.from(bytes, 'latin1'));
  return socket;
}

/** Returns everything received until the connection is closed. */
export async function receive(socket: Socket): Promise<string> {
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  await closing(socket);
  return received;
}

/** Sends bytes and returns everything received until the connection is closed. */
export function send(port: number, bytes: string): Promise<string> {
  return receive(open(port, bytes));
}

/** Resolves when a connection is closed or reset. */
export function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

/** The status of a response received by {@link send}; 0 if nothing came. */
export function statusOf(received: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1] ?? 0);
}

/** A header of a response received by {@link send}. */
export function headerOf(received: string, name: string): string | undefined {
  const [head = ''] = received.split('\r\n\r\n');
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim();
}

/** The body of a response received by {@link send}. */
export function bodyOf(received: string): string {
  return received.slice(received.indexOf('\r\n\r\n') + 4);
}
