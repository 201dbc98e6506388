/** Loads js-yaml with the first text that is parsed, in the way of database/mswjs-data.cjs: most mocks parse none. */
const { createRequire } = require('node:module');

module.exports = () => createRequire(__filename)('js-yaml');
