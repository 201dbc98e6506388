/** Loads regexpp with the first text that is made for a pattern, in the way of database/mswjs-data.cjs. */
const { createRequire } = require('node:module');

module.exports = () => createRequire(__filename)('@eslint-community/regexpp');
