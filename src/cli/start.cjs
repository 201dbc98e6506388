/**
 * `npm start`: runs the sources with `tsx/cjs`, which compiles in this thread. The hooks of `tsx` itself live in a thread
 * of their own and are asked about every module: to the first answer it is half as long again.
 *
 * Two more things would take as long as loading a hundred modules, so they are left out. Source maps: stack traces have
 * file and function, and with `NODE_OPTIONS=--enable-source-maps` lines, too. And Node's `import()`, whose hooks for
 * TypeScript need that thread: sources that are imported on demand are required, too; packages are not.
 */
const { prototype } = require('node:module');

const { sourceMapsEnabled = false } = process;
require('tsx/cjs');
process.setSourceMapsEnabled(sourceMapsEnabled);

const IMPORT_OF_SOURCE = /\bimport\(("\.[^"]+"|\w+)\)(?=\.then\()/g;
const REQUIRED = 'Promise.resolve().then(() => require($1))';

const compile = prototype._compile;
prototype._compile = function compileSource(code, file) {
  const isSource = file.endsWith('.ts');
  return compile.call(this, isSource ? code.replaceAll(IMPORT_OF_SOURCE, REQUIRED) : code, file);
};

require('./main.ts');
