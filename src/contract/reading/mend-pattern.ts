import { isPattern } from '../pattern.ts';

/**
 * A pattern that is a regular expression only without the `u` flag, as it has needless backslashes such as `\-` and
 * `\@`, or a hyphen beside a class as in `[\w-.]`, without them; `undefined` for any other.
 */
export function mendPattern(pattern: string): string | undefined {
  const mended = pattern.replaceAll(
    /\\([wds])-|\\([\s\S])|-(?=\\[wds])/gi,
    (whole, beforeHyphen?: string, escaped?: string) => {
      if (beforeHyphen !== undefined) return `\\${beforeHyphen}${HYPHEN}`;
      if (escaped === undefined) return HYPHEN;
      return /[!"#%&',:;<=>@`~_ -]/.test(escaped) ? inHex(escaped) : whole;
    },
  );
  return isPattern(mended) ? mended : undefined;
}

function inHex(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** Never the middle of a range. */
const HYPHEN = inHex('-');
