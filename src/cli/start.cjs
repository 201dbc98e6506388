/**
 * `npm start`: runs the sources with `tsx/cjs`, which compiles in this thread. The hooks of `tsx` itself live in a thread
 * of their own and are asked about every module: to the first answer it is half as long again.
 */
const { register } = require('node:module');

// For what is imported on demand: Node requires it, so that it is compiled, too.
const hooks = `export async function load(url, context, nextLoad) {
  const isSource = url.startsWith('file:') && url.endsWith('.ts');
  return isSource ? { format: 'commonjs', source: null, shortCircuit: true } : nextLoad(url, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

require('./main.ts');
