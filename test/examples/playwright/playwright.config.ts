import { defineConfig } from '@playwright/test';

const APP = 'http://127.0.0.1:4111';
export const MOCK = 'http://127.0.0.1:4110';

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: '100%',
  // Without CHROME_PATH, the Chromium of `npx playwright install chromium`.
  use: { baseURL: APP, launchOptions: { executablePath: process.env.CHROME_PATH } },
  webServer: [
    { command: 'npx posthog-experiments-mock --port 4110', url: `${MOCK}/__mock__/health` },
    { command: 'npx vite app --host 127.0.0.1 --port 4111', url: APP, env: { VITE_POSTHOG_HOST: MOCK } },
  ],
});
