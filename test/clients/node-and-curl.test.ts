import { describe, expect, it } from 'vitest';
import { askByAxios } from './by-axios.ts';
import { askByCurl } from './by-command.ts';
import { askByFetch } from './by-fetch.ts';
import { type Client, expectedOf, FAULTS, observe } from './faults.ts';

const CLIENTS: readonly Client[] = [
  { name: 'fetch of Node', keepsAlive: true, ask: (asked) => askByFetch(asked) },
  { name: 'axios', keepsAlive: true, ask: askByAxios },
  { name: 'curl', keepsAlive: true, ask: askByCurl },
];

describe.each(CLIENTS)('$name meets', (client) => {
  it.concurrent.each(FAULTS)('$name', async (given) => {
    expect(await observe(given, client)).toEqual(expectedOf(given));
  });
});
