import { openTestSite } from './chromium.ts';
import type { Front } from './front.ts';

export async function openBrowser(): Promise<Front> {
  const site = await openTestSite();
  const page = await site.openPage();
  return {
    name: 'browser',
    ask: (asked) => page.evaluate((given) => globalThis.ask(given), asked),
    close: site.close,
  };
}
