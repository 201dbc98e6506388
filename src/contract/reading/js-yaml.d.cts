/** Loads js-yaml when it is called. */
declare function loadYaml(): typeof import('js-yaml');
export = loadYaml;
