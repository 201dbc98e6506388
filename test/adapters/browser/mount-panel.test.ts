import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { mountPanel } from '../../../src/adapters/browser/mount-panel.ts';
import { createMock } from '../../../src/index.ts';
import { UsageTypeError } from '../../../src/usage-error.ts';

it.each<{ given: unknown; error: string }>([
  { given: null, error: 'mountPanel takes an object of options; found null.' },
  { given: { opened: true }, error: 'mountPanel has no option "opened". Did you mean "open"?' },
  { given: { target: '#panel' }, error: '"target" of mountPanel is an object; found "#panel".' },
])('does not mount with $given', ({ given, error }) => {
  const mount = () => Reflect.apply(mountPanel, undefined, [createMock(), given]);
  expect(mount).toThrow(UsageTypeError);
  expect(mount).toThrow(error);
});

describe('A bug while a scenario is selected', () => {
  const broken = new Proxy(createMock(), {
    get: () => {
      throw new TypeError('seeded');
    },
  });

  function openPage(search: string, kept: object) {
    vi.stubGlobal('location', { search });
    vi.stubGlobal('sessionStorage', { getItem: () => JSON.stringify(kept) });
    onTestFinished(() => void vi.unstubAllGlobals());
  }

  it('is no scenario that the contract has lost', () => {
    openPage('', { default: 'throttled', operations: {} });
    expect(() => mountPanel(broken)).toThrow(new TypeError('seeded'));
  });

  it('is no mistake in the URL', () => {
    openPage('?mock-scenario=throttled', { operations: {} });
    expect(() => mountPanel(broken)).toThrow(new TypeError('seeded'));
  });
});
