import { isError } from '../built-ins.ts';

/** What went wrong between here and a server, by the code of the error. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the server closed the connection',
  EPIPE: 'the server closed the connection',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be resolved',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_SOCKET: 'the server closed the connection',
  UND_ERR_HEADERS_TIMEOUT: 'nothing came in time',
  UND_ERR_BODY_TIMEOUT: 'nothing more came in time',
  UND_ERR_HEADERS_OVERFLOW: 'its headers are too large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the body is not as long as Content-Length says',
  Z_DATA_ERROR: 'the body is not compressed as Content-Encoding says',
  CERT_HAS_EXPIRED: 'TLS: its certificate has expired',
  CERT_NOT_YET_VALID: 'TLS: its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'TLS: its certificate is self-signed; trust its authority with NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN:
    'TLS: the authority of its certificate is not trusted; trust it with NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'TLS: the authority of its certificate is not known; trust it with NODE_EXTRA_CA_CERTS',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'TLS: the authority of its certificate is not known; trust it with NODE_EXTRA_CA_CERTS',
  ERR_TLS_CERT_ALTNAME_INVALID: 'TLS: its certificate is of another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'TLS: the server does not speak it there, perhaps plain http://',
  EPROTO: 'TLS: the handshake failed',
};

/** Says in words why a request failed. The message of the error itself may have secrets of the request, so it has none. */
export function networkWords(cause: unknown): string {
  const codes = codesOf(cause, MAX_CAUSES);
  const known = codes.find((code) => Object.hasOwn(WORDS, code));
  if (known !== undefined) return WORDS[known] ?? known;
  const [code] = codes;
  if (code === undefined)
    return isBlockedPort(cause) ? 'fetch does not open this port' : 'the request failed';
  if (code.startsWith('HPE_')) return `the server does not answer in HTTP (${code})`;
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) return `TLS: the handshake failed (${code})`;
  return `the request failed (${code})`;
}

/** Ports of other protocols, such as 6000; undici gives this error no code. */
function isBlockedPort(cause: unknown): boolean {
  return isError(cause) && isError(cause.cause) && cause.cause.message === 'bad port';
}

/** Causes of causes that are looked at. */
const MAX_CAUSES = 5;

function codesOf(cause: unknown, depth: number): readonly string[] {
  if (!isError(cause) || depth === 0) return [];
  const code: unknown = Reflect.get(cause, 'code');
  const errors: unknown = Reflect.get(cause, 'errors');
  const below = [cause.cause, ...(Array.isArray(errors) ? errors : [])];
  const own = typeof code === 'string' && /^[\w-]{1,60}$/.test(code) ? [code] : [];
  return [...below.flatMap((inner) => codesOf(inner, depth - 1)), ...own];
}
