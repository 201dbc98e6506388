import { readFileSync } from 'node:fs';

/** A fenced block of the README. */
export interface Block {
  /** Such as `sh`, `json`, `ts vitest`. */
  readonly language: string;
  readonly text: string;
}

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

export const BLOCKS: readonly Block[] = [...README.matchAll(/^```([\w -]+)\n(.*?)^```$/gms)].map(
  ([, language = '', text = '']) => ({ language, text: text.trimEnd() }),
);

/** The one block of a language. */
export function theBlock(language: string): string {
  const [found, ...others] = BLOCKS.filter((block) => block.language === language);
  if (!found || others.length > 0) throw new Error(`The README has not one block of ${language}.`);
  return found.text;
}

/** The block after the one of a language. */
export function outputAfter(language: string): string | undefined {
  return BLOCKS[BLOCKS.findIndex((block) => block.language === language) + 1]?.text;
}

/** The rows of a table under a heading, by default the first: the cells of each, without code marks. */
export function tableUnder(heading: string, index = 0): readonly (readonly string[])[] {
  const [, section = ''] = README.split(`\n## ${heading}\n`);
  const lines = section.split('\n## ')[0]?.split('\n') ?? [];
  const heads = lines.flatMap((line, at) => (line.startsWith('|---') ? [at] : []));
  const rows = lines.slice((heads[index] ?? -1) + 1);
  const length = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, length).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.replaceAll('`', '').trim()),
  );
}
