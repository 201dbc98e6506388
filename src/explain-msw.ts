import { messageOf } from './text/message-of.ts';

export const NEEDS_MSW =
  'posthog-experiments-mock needs msw 2 (2.12.10 or later) or 3. Install it: npm install --save-dev msw';

/**
 * Says what to install when an entry cannot be loaded because msw is missing or too old. The entries of `dist/` call it;
 * see `tools/build.ts`.
 * @throws {Error} that says so, or the cause when it is another one.
 */
export function explainMsw(cause: unknown): never {
  if (!NO_MSW.test(messageOf(cause))) throw cause;
  throw new Error(NEEDS_MSW, { cause });
}

/** What Node and test runners say of a missing package, of a missing export, and of a missing base class. */
const NO_MSW =
  /Cannot find (?:package|module) 'msw'|module 'msw' does not provide|HttpHandler|Class extends value undefined/;
