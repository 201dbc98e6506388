import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  // Without CHROME_PATH, the Chromium of `npx playwright install chromium`.
  use: { launchOptions: { executablePath: process.env.CHROME_PATH } },
});
