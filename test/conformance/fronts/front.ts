import type { Case, Expected, FrontName } from '../case.ts';

/** A way to send a case’s request. */
export interface Front {
  readonly name: FrontName;
  ask(asked: Case): Promise<Expected>;
  close(): Promise<void>;
}

const OF_THE_CONNECTION = /^(date|connection|keep-alive|content-length|transfer-encoding|access-control-.*)$/;

export function withoutConnection(headers: Iterable<readonly [string, string]>): Record<string, string> {
  return Object.fromEntries(
    [...headers]
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .filter(([name]) => !OF_THE_CONNECTION.test(name)),
  );
}

/** Sends requests with the given `fetch` function. */
export async function askBy(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  origin: string,
  { request: { method, path, headers, body }, times }: Case,
): Promise<Expected> {
  let received: Expected = 'network-error';
  for (let count = 0; count < times; count += 1) {
    try {
      const response = await fetch(origin + path, { method, headers: { ...headers }, body });
      const text = await response.text();
      received = { status: response.status, headers: withoutConnection(response.headers), body: text };
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      received = 'network-error';
    }
  }
  return received;
}
