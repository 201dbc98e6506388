import { readFileSync } from 'node:fs';

/** A fenced block of the README. */
export interface Block {
  /** Such as `sh`, `json`, `ts vitest`. */
  readonly language: string;
  readonly text: string;
}

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

export const BLOCKS: readonly Block[] = [...README.matchAll(/^```([\w ]+)\n(.*?)^```$/gms)].map(
  ([, language = '', text = '']) => ({ language, text: text.trimEnd() }),
);

/** The one block of a language. */
export function theBlock(language: string): string {
  const [found, ...others] = BLOCKS.filter((block) => block.language === language);
  if (!found || others.length > 0) throw new Error(`The README has not one block of ${language}.`);
  return found.text;
}

/** The rows of the table under a heading: the cells of each, without code marks. */
export function tableUnder(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = README.split(`\n## ${heading}\n`);
  const lines = section.split('\n## ')[0]?.split('\n') ?? [];
  const first = lines.findIndex((line) => line.startsWith('|---'));
  const rows = lines.slice(first + 1);
  const length = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, length).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.replaceAll('`', '').trim()),
  );
}
