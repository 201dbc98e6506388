import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { CONTROL_PATH, SESSION_PATH } from '../../src/server/control-path.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(ROOT + file, 'utf8');

/** The map shortens a path where the room is plain. */
const FOLDERS = [
  '',
  'adapters',
  'contract',
  'database',
  'mock',
  'provider',
  'provider/posthog',
  'server',
  'server/control',
];

describe('the map of src/README.md', () => {
  const map = read('src/README.md');
  const files = [...map.matchAll(/`([\w./-]+\.(?:ts|cjs|mjs|yaml)|[\w./-]+\/)`/g)].map(
    ([, file = '']) => file,
  );

  it('names files', () => {
    expect(files.length).toBeGreaterThan(40);
  });

  it.each([...new Set(files)])('names %s, which exists', (file) => {
    const places = [file, ...FOLDERS.map((folder) => `src/${folder}/${file}`)];
    expect(places.filter((place) => existsSync(ROOT + place))).not.toEqual([]);
  });

  it.each([...map.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link))('links to %s', (link) => {
    expect(existsSync(`${ROOT}src/${link}`)).toBe(true);
  });
});

it('the control plane’s own document has the prefix of the code', () => {
  expect(load(read('src/server/control/control-plane.yaml'))).toMatchObject({
    servers: [{ url: CONTROL_PATH }, { url: `${SESSION_PATH}{session}${CONTROL_PATH}` }],
  });
});
