/** Loads regexpp when it is called; `null` in builds for browsers. */
declare function loadRegexpp(): typeof import('@eslint-community/regexpp') | null;
export = loadRegexpp;
