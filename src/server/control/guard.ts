import { createHash, timingSafeEqual } from 'node:crypto';
import type { Answer } from '../../contract/message.ts';
import { TOKEN_HEADER } from '../../mock/headers.ts';
import { problem } from '../../mock/problem.ts';
import { shownText } from '../../text/shown.ts';
import { UsageRangeError } from '../../usage-error.ts';

export interface GuardOptions {
  /** The address that the server listens on. */
  readonly host: string;
  /** More names by which the control plane may be asked for. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** What `X-Mock-Token` has to be. Default: none is needed. */
  readonly token?: string | undefined;
}

/** What decides whether a request may reach the control plane. */
export interface GuardedRequest {
  readonly headers: Headers;
  /** Whether it is for the page and the script of the panel, which hold no secret and cannot send a token yet. */
  readonly isForPage: boolean;
}

/** Refuses what may not steer the mock: pages of other sites, by whatever name they reach it, and strangers. */
export type Guard = (request: GuardedRequest) => Answer | null;

/** A page of another site can send requests here, so the control plane answers only those that it cannot send. */
export function createGuard({ host, allowedHosts = [], token }: GuardOptions): Guard {
  const names = new Set([host, ...allowedHosts].map((name) => nameOf(name.toLowerCase())));
  const isAllowed = (name: string) => names.has(name) || isLoopback(name);
  const isToken = token === undefined ? null : comparing(token);
  return ({ headers, isForPage }) => {
    const asked = headers.get('host') ?? '';
    // A name that an attacker owns may resolve to this machine (DNS rebinding), but it shows in Host.
    if (!isAllowed(nameOf(asked.toLowerCase()))) {
      return forbidden(
        'Host',
        `The control plane is not known as "${shownText(asked)}"; ask for localhost, or allow the name with --allowed-host.`,
      );
    }
    const origin = headers.get('origin');
    if (origin !== null && !isSameOrigin(origin, asked)) {
      return forbidden('Origin', 'The control plane is not for pages of other origins.');
    }
    const site = headers.get('sec-fetch-site');
    if (site !== null && site !== 'same-origin' && site !== 'none') {
      return forbidden('Sec-Fetch-Site', 'The control plane is not for pages of other sites.');
    }
    if (isToken && !isForPage && !isToken(headers.get(TOKEN_HEADER) ?? '')) {
      return forbidden(
        TOKEN_HEADER,
        'The token of --token is missing or wrong; a client sends it as X-Mock-Token, the panel takes it from #token=… in its URL.',
      );
    }
    return null;
  };
}

function forbidden(name: string, detail: string): Answer {
  return problem('CONTROL_FORBIDDEN', detail, [{ in: 'header', name, detail }]);
}

/** The name in a `Host`, never its port. */
function nameOf(host: string): string {
  const bracketed = /^\[([^\]]*)\](:\d*)?$/.exec(host)?.[1];
  if (bracketed !== undefined) return bracketed;
  // An IPv6 address has more than one colon; `--host ::1` comes without brackets.
  return /^[^:]*:\d*$/.test(host) ? host.slice(0, host.indexOf(':')) : host;
}

/**
 * Whoever reaches the control plane can steer the mock and read what it was asked; a `Host` keeps only browsers away.
 * @throws {UsageRangeError} when other machines than this one can, and nothing keeps them from it.
 */
export function checkReach(host: string, token: string | undefined): void {
  if (token === '') {
    throw new UsageRangeError('--token ("token" in code) is empty; give one that is hard to guess.');
  }
  if (token !== undefined || isLoopback(host)) return;
  throw new UsageRangeError(
    `--host ${host || '""'} lets other machines reach the control plane; protect it with --token ("token" in code), or leave it out with --no-control ("control: false").`,
  );
}

/** Whether a name or an address is one of this machine alone. */
function isLoopback(name: string): boolean {
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
  );
}

function isSameOrigin(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

/** Compares in constant time: digests have the same length whatever they were made of. */
function comparing(token: string): (given: string) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const wanted = digest(token);
  return (given) => timingSafeEqual(digest(given), wanted);
}
