/** Loads @mswjs/data when it is called. */
declare function loadData(): typeof import('@mswjs/data');
export = loadData;
