import { expect, test } from './session.ts';

test.use({ sessionOptions: { now: '2026-01-31T12:00:00Z' } });

test('shows the launches', async ({ page, session }) => {
  await page.goto('/');
  await expect(page.getByText('8 launched in 30 days')).toBeVisible();
  expect(await session.statuses()).toEqual([200]);
});

test('recovers after it has been throttled', async ({ page, session }) => {
  await session.use('throttled');
  await page.goto('/');
  await expect(page.getByText('Request was throttled.')).toBeVisible();
  await session.use('ok');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByText('8 launched in 30 days')).toBeVisible();
  expect(await session.statuses()).toEqual([429, 200]);
});

test.describe('with a key without the scope', () => {
  test.use({ sessionOptions: { scenario: 'missing-scope' } });

  test('shows what PostHog says', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByText("API key missing required scope 'experiment:read'")).toBeVisible();
  });
});
