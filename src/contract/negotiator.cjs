/** Loads negotiator with the first answer that has several media types, in the way of database/mswjs-data.cjs. */
const { createRequire } = require('node:module');

module.exports = () => createRequire(__filename)('negotiator/lib/mediaType.js');
