import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const read = (file: string) => readFileSync(ROOT + file, 'utf8');

const sections = new Set(
  [...read('src/provider/posthog/README.md').matchAll(/^## (\d+)\. /gm)].map(([, number]) => number),
);
const cited = sourceFiles().flatMap((file) =>
  [...read(file).matchAll(/provider\/posthog\/README\.md\W+((?:§\d+\W*(?:to|and|,)?\W*)+)/g)].flatMap(
    ([, places = '']) => [...places.matchAll(/§(\d+)/g)].map(([, section = '']) => ({ file, section })),
  ),
);

/** All but this one. */
function sourceFiles(): string[] {
  const filesOf = (folder: string) =>
    readdirSync(ROOT + folder, { encoding: 'utf8', recursive: true }).map((file) => `${folder}/${file}`);
  return ['src', 'test']
    .flatMap(filesOf)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('facts.test.ts'));
}

describe('the facts about PostHog', () => {
  it('are cited by code, tests and documents', () => {
    expect(cited.length).toBeGreaterThan(20);
  });

  it.each(cited)('have the section $section that $file cites', ({ section }) => {
    expect(sections).toContain(section);
  });
});
