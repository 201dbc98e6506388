import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installInto, scriptOf } from '../testers/aside.ts';
import type { Operation } from './operations.ts';

/** A mock server that is started for a document. */
export interface Contestant {
  readonly name: string;
  /** Arguments of node. */
  command(file: string, port: number): readonly string[];
  /** Below which path it serves an operation. */
  basePath(operation: Operation): string;
}

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const PRISM = '5.14.2';
const SCALAR = '0.14.4';

export const OURS: Contestant = {
  name: 'ours',
  command: (file, port) => [CLI, '--contract', file, '--port', String(port), '--log-level', 'error'],
  basePath: ({ basePath }) => basePath,
};

/** Its own command would build a reference page besides: this is what its documentation starts with. */
const SCALAR_SCRIPT = `
import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { createMockServer } from '@scalar/mock-server';
const [file, port] = process.argv.slice(2);
const app = await createMockServer({ document: readFileSync(file, 'utf8') });
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' });
`;

/** Installs the other servers in a folder. They leave out the path of the server. */
export function installPeers(folder: string): readonly Contestant[] {
  installInto(folder, [`@stoplight/prism-cli@${PRISM}`, `@scalar/mock-server@${SCALAR}`]);
  const prism = scriptOf(folder, '@stoplight/prism-cli', 'prism');
  const scalar = join(folder, 'serve.mjs');
  writeFileSync(scalar, SCALAR_SCRIPT);
  return [
    {
      name: 'prism',
      command: (file, port) => [prism, 'mock', file, '--port', String(port), '-v', 'silent'],
      basePath: () => '',
    },
    { name: 'scalar', command: (file, port) => [scalar, file, String(port)], basePath: () => '' },
  ];
}
