/** Loads re2js when it is called; `null` in builds for browsers. */
declare function loadRe2(): typeof import('re2js') | null;
export = loadRe2;
