// Run by ../leaks.test.ts: what fails is the file, not its test.
import { beforeAll, describe, expect } from 'vitest';
import { test } from '../../../../src/adapters/vitest/vitest.ts';

const PROJECT = 'https://us.posthog.com/api/projects/1/experiments';

beforeAll(async () => {
  await fetch(`${PROJECT}/stat/`).catch(() => null);
});

describe('a file', () => {
  test('passes in a file that leaks', async () => {
    expect((await fetch(`${PROJECT}/stats/`)).status).toBe(401);
  });
});
