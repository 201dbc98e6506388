import { expectTypeOf } from 'vitest';
import type { components } from '../../../src/generated/control-plane.ts';
import { type Coverage, checkThresholds, createMock } from '../../../src/index.ts';

expectTypeOf(createMock().coverage()).toEqualTypeOf<Coverage>();
expectTypeOf(createMock().session().coverage()).toEqualTypeOf<Coverage>();
// What the control plane answers can be merged and rendered.
expectTypeOf<components['schemas']['Coverage']>().toExtend<Coverage>();

checkThresholds(createMock().coverage(), { operations: 80, parameters: undefined });
// @ts-expect-error: there is no such kind.
checkThresholds(createMock().coverage(), { lines: 80 });
// @ts-expect-error: a percentage is a number.
checkThresholds(createMock().coverage(), { operations: '80' });
