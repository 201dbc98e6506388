import { shownUrl } from '../text/shown.ts';
import { UsageRangeError } from '../usage-error.ts';

/** Where clients reach a server that is behind a proxy. */
export interface PublicUrl {
  /** Such as `https://mock.example/posthog`, without a slash at the end. */
  readonly base: string;
  readonly origin: string;
  /** Its name or address, without a port. */
  readonly name: string;
}

/** @throws {UsageRangeError} when a text is not such a URL. */
export function readPublicUrl(text: string): PublicUrl {
  const url = URL.canParse(text) ? new URL(text) : null;
  // None of these can be part of a base URL.
  const others = url && url.username + url.password + url.search + url.hash;
  if (url && others === '' && /^https?:$/.test(url.protocol)) {
    const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
    return { base: url.origin + url.pathname.replace(/(?<!\/)\/+$/, ''), origin: url.origin, name };
  }
  throw new UsageRangeError(
    `--public-url ("publicUrl" in code) is one such as "https://mock.example/posthog"; found ${shownUrl(text)}.`,
  );
}
