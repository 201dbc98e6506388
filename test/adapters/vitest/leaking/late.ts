// Run by ../leaks.test.ts: what fails is the file, as the test that asks has ended.
import { test } from '../../../../src/adapters/vitest/vitest.ts';

const PROJECT = 'https://us.posthog.com/api/projects/1/experiments';
const headers = { Authorization: 'Bearer phx_experiment_read' };

const turns = new EventTarget();
const turn = (name: string) =>
  new Promise<void>((resolve) => {
    turns.addEventListener(name, () => resolve(), { once: true });
  });

async function askLater(): Promise<void> {
  await turn('next test');
  const urls = [
    `${PROJECT}/stat/`,
    `${PROJECT}/stats/?limt=5`,
    `${PROJECT}/stats/`,
    'https://other.example/late',
  ];
  for (const url of urls) await fetch(url, { headers }).catch(() => null);
  turns.dispatchEvent(new Event('asked'));
}

test('asks after it has ended', () => {
  void askLater();
});

test('waits for another', async () => {
  const asked = turn('asked');
  turns.dispatchEvent(new Event('next test'));
  await asked;
});
