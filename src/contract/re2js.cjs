/** Loads re2js with the first pattern that needs it, in the way of database/mswjs-data.cjs: most contracts have none. */
const { createRequire } = require('node:module');

module.exports = () => createRequire(__filename)('re2js');
