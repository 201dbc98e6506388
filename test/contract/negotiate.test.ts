import { describe, expect, it } from 'vitest';
import { negotiate } from '../../src/contract/negotiate.ts';

const answersOf = (...mediaTypes: readonly (string | null)[]) =>
  mediaTypes.map((contentType) => ({ status: 200, headers: [], contentType, body: '' }));

const chosen = (accept: string | undefined, ...mediaTypes: readonly (string | null)[]) =>
  negotiate(answersOf(...mediaTypes), accept)?.contentType;

describe('negotiate', () => {
  const CSV = 'text/csv';
  const APP_JSON = 'application/json';
  const HAL = 'application/hal+json; profile="x"';
  const HTML = 'text/html;level=1';

  it.each([
    [undefined, [CSV], CSV],
    [undefined, [CSV, 'text/html'], CSV],
    [undefined, [CSV, APP_JSON], APP_JSON],
    [undefined, ['application/xml', HAL], HAL],
    ['', [CSV, APP_JSON], APP_JSON],
    ['*/*', [CSV, APP_JSON], APP_JSON],
    ['*/*;q=0.1', [CSV, APP_JSON], APP_JSON],
    [CSV, [APP_JSON, CSV], CSV],
    ['TEXT/CSV', [APP_JSON, CSV], CSV],
    ['text/*', [APP_JSON, CSV], CSV],
    ['text/*, application/json', [CSV, APP_JSON], APP_JSON],
    ['application/json;q=0.2, text/csv;q=0.9', [APP_JSON, CSV], CSV],
    ['application/json;q=0, */*', [APP_JSON, CSV], CSV],
    ['text/csv, application/json', [APP_JSON, CSV], CSV],
    ['application/hal+json', [APP_JSON, HAL], HAL],
    ['text/html;level=1', [APP_JSON, HTML], HTML],
    ['text/html;level=2', [APP_JSON, HTML], undefined],
    ['text/html', [APP_JSON, HTML], HTML],
    [
      'application/json;charset=utf-8',
      ['application/json; charset=utf-8'],
      'application/json; charset=utf-8',
    ],
    ['image/png', [APP_JSON, CSV], undefined],
    ['image/png, */*;q=0', [APP_JSON], undefined],
    ['nonsense', [APP_JSON], undefined],
    ['image/png', [null], null],
  ])('Accept: %s of %j takes %s', (accept, mediaTypes, expected) => {
    expect(chosen(accept, ...mediaTypes)).toBe(expected);
  });
});
