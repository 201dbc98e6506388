import { expect, it } from 'vitest';
import { mountPanel } from '../../src/adapters/browser/mount-panel.ts';
import { createHttpListener, createMock, startServer, UsageTypeError, unhandled } from '../../src/index.ts';

const FUNCTIONS = { createHttpListener, mountPanel, startServer, unhandled };
const GIVEN = [undefined, null, { port: 0 }, createMock().handlers, Promise.resolve(createMock())];

it.each(Object.keys(FUNCTIONS).flatMap((name) => GIVEN.map((given) => ({ name, given }))))(
  '$name refuses $given as a mock',
  async ({ name, given }) => {
    // Rejected or thrown.
    const call = async () => Reflect.apply(Reflect.get(FUNCTIONS, name), undefined, [given]);
    await expect(call()).rejects.toThrow(UsageTypeError);
    await expect(call()).rejects.toThrow(`${name} takes a mock, as createMock returns it; found `);
  },
);
