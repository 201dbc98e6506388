import { defineConfig } from '@playwright/test';

export default defineConfig({
  testMatch: '*.pw.ts',
  fullyParallel: true,
  workers: 2,
  reporter: 'json',
  outputDir: process.env.OUTPUT ?? 'test-results',
  use: { connectOptions: { wsEndpoint: process.env.CHROMIUM ?? '' } },
});
