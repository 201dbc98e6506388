import { type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The endpoint at which tests connect to Chromium. */
    readonly chromium: string;
  }
}

/** Launches one Chromium for all projects that need it. */
export default async function setup({ vitest }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const root = vitest.getRootProject();
  if (root.getProvidedContext().chromium !== undefined) return undefined;
  const server = await launchChromium();
  root.provide('chromium', server.wsEndpoint());
  return () => server.close();
}

/** `CHROME_PATH` first, then an installed Chrome, then the Chromium that comes as a package. */
export async function launchChromium(args: readonly string[] = []): Promise<BrowserServer> {
  const { CHROME_PATH } = process.env;
  const options: LaunchOptions = { args: ['--no-sandbox', ...args] };
  if (CHROME_PATH) return chromium.launchServer({ ...options, executablePath: CHROME_PATH });
  try {
    return await chromium.launchServer({ ...options, channel: 'chrome' });
  } catch {
    const { default: packaged } = await import('@sparticuz/chromium');
    return chromium.launchServer({ ...options, executablePath: await packaged.executablePath() });
  }
}
