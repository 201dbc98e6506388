import { createMock } from '../../../src/index.ts';
import { askBy, type Front } from './front.ts';

export async function openFetch(): Promise<Front> {
  return {
    name: 'fetch',
    ask: (asked) => askBy(createMock(asked.options).fetch, 'http://localhost', asked),
    close: async () => {},
  };
}
