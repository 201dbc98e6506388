import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const read = (file: string) => readFileSync(ROOT + file, 'utf8');

const sections = new Set(
  [...read('src/provider/posthog/README.md').matchAll(/^## (\d+)\. /gm)].map(([, number]) => number),
);
/** A path and its sections, which may be listed: `§3`, `§1, §2 and §10`, `§3 to §7`. */
const CITATION = /provider\/posthog\/README\.md[^\w§]+((?:§\d+[^\w§]*(?:to|and)?[^\w§]*)+)/g;
const cited = citingFiles().flatMap((file) =>
  [...read(file).matchAll(CITATION)].flatMap(([, places = '']) =>
    [...places.matchAll(/§(\d+)/g)].map(([, section = '']) => ({ file, section })),
  ),
);

/** Code, tests (except this one) and documents. */
function citingFiles(): string[] {
  const filesOf = (folder: string, ending: string) =>
    readdirSync(ROOT + folder, { encoding: 'utf8', recursive: true })
      .filter((file) => file.endsWith(ending))
      .map((file) => `${folder}/${file}`);
  const code = ['src', 'test'].flatMap((folder) => filesOf(folder, '.ts'));
  const documents = ['src/README.md', ...filesOf('.github/decisions', '.md')];
  return [...code.filter((file) => !file.endsWith('facts.test.ts')), ...documents];
}

describe('the facts about PostHog', () => {
  it('are cited by code, tests and documents', () => {
    expect(cited.length).toBeGreaterThan(20);
    const folders = cited.map(({ file }) => file.split('/')[0]);
    expect(new Set(folders)).toEqual(new Set(['src', 'test', '.github']));
  });

  it.each(cited)('have the section $section that $file cites', ({ section }) => {
    expect(sections).toContain(section);
  });
});
