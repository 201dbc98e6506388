import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createLineOf } from '../../src/drift/lines.ts';
import { packagedPath } from '../../src/packaged.ts';

it('finds the lines of places in YAML, and of the nearest place above what comes by an alias', () => {
  const lineOf = createLineOf('a: &x\n  b/c:\n    - 1\n    - {d: 2}\ne: *x\n"f g": |\n  text\n');
  const places = ['', '/a', '/a/b~1c', '/a/b~1c/1', '/a/b~1c/1/d', '/e/b~1c/0', '/f g', '/none'];
  expect(places.map((place) => [place, lineOf(place)])).toEqual([
    ['', 1],
    ['/a', 1],
    ['/a/b~1c', 2],
    ['/a/b~1c/1', 4],
    ['/a/b~1c/1/d', 4],
    ['/e/b~1c/0', 5],
    ['/f g', 6],
    ['/none', 1],
  ]);
});

it('finds the lines of places in JSON', () => {
  const lineOf = createLineOf(JSON.stringify({ a: { b: [1, { c: null }] } }, null, 2));
  expect(['/a', '/a/b', '/a/b/0', '/a/b/1/c'].map(lineOf)).toEqual([2, 3, 4, 6]);
});

it('finds the schema of the packaged contract', () => {
  const text = readFileSync(packagedPath('openapi.yaml'), 'utf8');
  const line = createLineOf(text)('/components/schemas/ExperimentStats/properties/percent_change');
  expect(text.split('\n')[line - 1]).toBe('        percent_change:');
});

it.each([
  ['JSON with tabs', JSON.stringify({ a: { b: 1 } }, null, '\t')],
  ['text that is neither', '{ "a": ['],
  ['nothing', ''],
])('finds a line in %s', (_, text) => {
  expect(createLineOf(text)('/a/b')).toBeGreaterThanOrEqual(1);
});
