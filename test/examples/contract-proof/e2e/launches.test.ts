import { expect, type Page } from '@playwright/test';
import { createTest } from 'posthog-experiments-mock/playwright';

const test = createTest({ now: '2026-01-31T12:00:00Z' });

/** Opens a page that asks PostHog, as an app would. */
async function open(page: Page): Promise<void> {
  const body = `<!doctype html><p>Loading</p><script type="module">
    const response = await fetch('https://us.posthog.com/api/projects/1/experiments/stats/', {
      headers: { Authorization: 'Bearer phx_experiment_read' },
    });
    const body = await response.json();
    document.querySelector('p').textContent = response.ok ? body.launched_last_30d + ' launched' : body.detail;
  </script>`;
  await page.route('https://app.example/', (route) => route.fulfill({ body, contentType: 'text/html' }));
  await page.goto('https://app.example/');
}

test('shows the launches', async ({ page, mock }) => {
  await open(page);
  await expect(page.getByText('8 launched')).toBeVisible();
  expect(mock.journal.entries.map(({ status }) => status)).toEqual([200]);
});

test('shows what PostHog says', async ({ page, mock }) => {
  mock.use('throttled');
  await open(page);
  await expect(page.getByText('Request was throttled.')).toBeVisible();
});

test('answers servers, too', async ({ request, mock, mockURL }) => {
  mock.use('missing-scope');
  expect((await request.get(`${mockURL}/api/projects/1/experiments/stats/`)).status()).toBe(403);
});
