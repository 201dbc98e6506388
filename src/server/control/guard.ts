import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { OptionTypes } from '../../check-options.ts';
import type { Answer } from '../../contract/message.ts';
import { TOKEN_HEADER } from '../../mock/headers.ts';
import { problem } from '../../mock/problem.ts';
import { shownText, shownUrl } from '../../text/shown.ts';
import { UsageRangeError } from '../../usage-error.ts';
import { isLoopback } from '../listen.ts';
import type { PublicUrl } from '../public-url.ts';

const TOKEN_FIELD = TOKEN_HEADER.toLowerCase();

/** Who may use the control plane. */
export interface GuardOptions {
  /** The address that the server listens on. */
  readonly host: string;
  /** More host names that the control plane accepts. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** The value that `X-Mock-Token` must have. Default: no token is needed. */
  readonly token?: string | undefined;
}

export const GUARD_OPTIONS: OptionTypes<GuardOptions> = {
  host: 'string',
  allowedHosts: 'strings',
  token: 'secret',
};

/** The part of a request that the guard looks at. */
export interface GuardedRequest {
  readonly headers: IncomingHttpHeaders;
  /** Whether it is for the panel's page or script: they hold no secret, and a browser cannot send a token for them. */
  readonly isForPage: boolean;
}

/** Refuses pages of other sites, names that are not allowed, and clients without the token; `null` lets pass. */
export type Guard = (request: GuardedRequest) => Answer | null;

/**
 * Creates the guard of a control plane. Pages of other sites can send requests here, but not forge these headers.
 *
 * @param publicUrl where clients reach the server through a proxy; its name and its origin are allowed.
 * @throws {UsageRangeError} when one of the allowed hosts cannot be a name or an address.
 */
export function createGuard(
  { host, allowedHosts = [], token }: GuardOptions,
  publicUrl: PublicUrl | null,
): Guard {
  const own = [host, ...(publicUrl ? [publicUrl.name] : [])].map((name) => nameOf(name.toLowerCase()));
  const names = new Set([...own, ...allowedHosts.map(readAllowedHost)]);
  const isAllowed = (name: string) => names.has(name) || isLoopback(name);
  const isToken = token === undefined ? null : createTokenCheck(token);
  return ({ headers, isForPage }) => {
    const asked = headers.host ?? '';
    // A name that an attacker owns may resolve to this machine (DNS rebinding), but it shows in Host.
    if (!isAllowed(nameOf(asked.toLowerCase()))) {
      return forbidden(
        'Host',
        `The control plane does not answer to the host "${shownText(asked)}"; use localhost, or allow the name with --allowed-host.`,
      );
    }
    const { origin } = headers;
    if (origin !== undefined && origin !== publicUrl?.origin && !isSameOrigin(origin, asked)) {
      return forbidden('Origin', 'The control plane is not for pages of other origins.');
    }
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') {
      return forbidden('Sec-Fetch-Site', 'The control plane is not for pages of other sites.');
    }
    if (isToken && !isForPage && !isToken(String(headers[TOKEN_FIELD] ?? ''))) {
      return forbidden(
        TOKEN_HEADER,
        `The token of --token is missing or wrong; a client sends it as ${TOKEN_HEADER}, the panel takes it from #token=… in its URL.`,
      );
    }
    return null;
  };
}

function forbidden(name: string, detail: string): Answer {
  return problem('CONTROL_FORBIDDEN', detail, [{ in: 'header', name, detail }]);
}

/** @throws {UsageRangeError} when a text is neither a name nor an address: no request could have it, or one without `Host`. */
function readAllowedHost(text: string): string {
  const name = nameOf(text.toLowerCase());
  if (/^[^\s/?#@*]+$/.test(name)) return name;
  throw new UsageRangeError(
    `--allowed-host ("allowedHosts" in code) is a name such as "mock.example", or an address; found ${shownUrl(text)}.`,
  );
}

/** The name in a `Host`, never its port. */
function nameOf(host: string): string {
  const bracketed = /^\[([^\]]*)\](:\d*)?$/.exec(host)?.[1];
  if (bracketed !== undefined) return bracketed;
  // An IPv6 address has more than one colon; `--host ::1` comes without brackets.
  return /^[^:]*:\d*$/.test(host) ? host.slice(0, host.indexOf(':')) : host;
}

/** How a message names what is wrong: as flags, unless the values come from environment variables. */
export interface ReachNames {
  /** Put in front of the value: `--host ` or `HOST=`. */
  readonly host: string;
  readonly token: string;
}

/**
 * Anyone who reaches the control plane can steer the mock and read its requests: checking `Host` stops only browsers.
 * @throws {UsageRangeError} when other machines can reach it without a token, and when no header can have the token.
 */
export function checkReach(
  host: string,
  token: string | undefined,
  names: ReachNames = { host: '--host ', token: '--token ("token" in code)' },
): void {
  if (token === '') {
    throw new UsageRangeError(`${names.token} is empty; give one that is hard to guess.`);
  }
  // A secret that was read from a file often ends with a line break.
  if (token !== undefined && !/^[!-~]([ -~]*[!-~])?$/.test(token)) {
    throw new UsageRangeError(
      `${names.token} has what no header can have: it is printable ASCII, without spaces or line breaks around it.`,
    );
  }
  if (token !== undefined || isLoopback(host)) return;
  throw new UsageRangeError(
    `${names.host}${host || '""'} lets other machines reach the control plane; protect it with --token ("token" in code), or leave it out with --no-control ("control: false").`,
  );
}

function isSameOrigin(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

/** Compares in constant time, by digests, as these have the same length. */
function createTokenCheck(token: string): (given: string) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const wanted = digest(token);
  return (given) => timingSafeEqual(digest(given), wanted);
}
