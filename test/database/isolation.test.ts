import { afterEach, describe, expect, it, vi } from 'vitest';
import { open } from './packaged.ts';

describe('two stores', () => {
  it('never share rows', () => {
    const [one, other] = [open(), open()];
    const before = other.snapshot();
    one.database.experiments.update({}, { name: 'changed', feature_flag: { key: 'changed' } });
    one.database.events.delete({});
    one.database.personalApiKeys.create({ value: 'phx_new', user_id: 1, scopes: [] });
    expect(other.snapshot()).toEqual(before);
    expect(other.reads.keyByValue('phx_new')).toBeUndefined();
    expect(open().snapshot()).toEqual(before);
  });
});

describe('in a page', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('opens no channel to other tabs and leaves the BroadcastChannel constructor in place', () => {
    const opened = vi.fn();
    class Channel extends EventTarget {
      constructor() {
        super();
        opened();
      }
    }
    vi.stubGlobal('window', globalThis);
    vi.stubGlobal('BroadcastChannel', Channel);
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'BroadcastChannel');

    const store = open();
    store.database.experiments.create({ id: 999, project_id: 1 });
    store.reseed();
    store.snapshot();

    expect(opened).not.toHaveBeenCalled();
    expect(Object.getOwnPropertyDescriptor(globalThis, 'BroadcastChannel')).toEqual(descriptor);
  });
});
