import { isPattern } from '../pattern.ts';

/**
 * A pattern that is a regular expression only without the `u` flag, as it has needless backslashes such as `\-` and
 * `\@`, without them; `undefined` for any other.
 */
export function mendPattern(pattern: string): string | undefined {
  const mended = pattern.replaceAll(/\\([\s\S])/g, (escaped, character: string) =>
    /[!"#%&',:;<=>@`~_ -]/.test(character)
      ? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
      : escaped,
  );
  return isPattern(mended) ? mended : undefined;
}
