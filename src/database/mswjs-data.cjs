/**
 * Loads @mswjs/data with the first row that is written: it takes longer than all the rest of a start, and most mocks
 * only read. CommonJS loads on demand without a promise. `createRequire`, because the `require` of a module that was
 * imported goes through the hooks of tsx, where Node 20 fails; tools/build.ts puts a plain `require` in its place.
 */
const { createRequire } = require('node:module');

module.exports = () => createRequire(__filename)('@mswjs/data');
