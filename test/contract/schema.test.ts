import { describe, expect, it } from 'vitest';
import { compileSchema } from '../../src/contract/schema.ts';

describe('A value that the validator cannot check', () => {
  const check = compileSchema({ type: 'object', additionalProperties: { type: 'string' } }, '');

  it('is at fault for a field name with a lone surrogate', () => {
    const detail = 'A field name is not valid Unicode: it has a lone surrogate.';
    expect(check(JSON.parse('{"\\ud800":"x"}'))).toEqual([{ pointer: '', detail }]);
    expect(check(JSON.parse('{"a":"\\ud800"}'))).toEqual([]);
  });

  it('is not at fault for a broken schema', () => {
    const broken = compileSchema({ type: 'string', pattern: '(' }, '');
    const [violation] = broken('x');
    expect(violation?.detail).toContain('the schema cannot be used: Invalid regular expression');
  });
});
