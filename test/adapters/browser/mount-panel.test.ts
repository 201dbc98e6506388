import { expect, it } from 'vitest';
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
