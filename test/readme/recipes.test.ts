import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLES = 'test/examples';

it('the README links to every recipe', () => {
  const links = readFileSync(`${ROOT}README.md`, 'utf8').match(/(?<=\]\()test\/examples\/[\w-]+(?=\))/g);
  const recipes = readdirSync(`${ROOT}${EXAMPLES}`)
    .map((name) => `${EXAMPLES}/${name}`)
    .filter((folder) => existsSync(`${ROOT}${folder}/package.json`));
  expect(recipes.length).toBeGreaterThan(5);
  expect([...new Set(links)].toSorted()).toEqual(recipes.toSorted());
});
