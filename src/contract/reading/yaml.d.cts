/** Loads yaml when it is called. */
declare function loadYaml(): typeof import('yaml');
export = loadYaml;
