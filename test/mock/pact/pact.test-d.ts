import { expectTypeOf, test } from 'vitest';
import { createMock, mergePacts, type Pact } from '../../../src/index.ts';

test('a pact takes both names, and nothing else', () => {
  const mock = createMock();
  expectTypeOf(mock.pact({ consumer: 'a', provider: 'b' })).toEqualTypeOf<Pact>();
  expectTypeOf(mock.session().pact).toEqualTypeOf(mock.pact);
  expectTypeOf(mergePacts([mock.pact({ consumer: 'a', provider: 'b' })])).toEqualTypeOf<Pact>();
  // @ts-expect-error: the provider is missing
  mock.pact({ consumer: 'a' });
  // @ts-expect-error: there is no such name
  mock.pact({ consumer: 'a', provider: 'b', consumers: 'c' });
});
