import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A document and the name that it has in reports. */
export interface Listed {
  readonly name: string;
  readonly file: string;
}

const require = createRequire(import.meta.url);
const OWN = fileURLToPath(new URL('../../openapi.yaml', import.meta.url));
const STREAMS = fileURLToPath(new URL('./streams.yaml', import.meta.url));
const EXTENSIONS = ['.json', '.yaml', '.yml'];

/** Documents that need no network: the project's own, and those of development dependencies. */
export function installedDocuments(): readonly Listed[] {
  return [
    { name: 'own', file: OWN },
    { name: 'streams', file: STREAMS },
    { name: 'figma', file: inPackage('@figma/rest-api-spec', 'openapi/openapi.yaml') },
    { name: 'blockfrost', file: inPackage('@blockfrost/openapi', 'openapi.yaml') },
    ...['3.0', '3.1'].flatMap(examplesOf),
  ];
}

/** Small documents, each about one part of OpenAPI, and some of real APIs. */
function examplesOf(version: string): readonly Listed[] {
  const folder = inPackage('@readme/oas-examples', join(version, 'json'));
  const documents = documentsBelow(folder);
  if (documents.length === 0) throw new Error(`There are no documents in ${folder}.`);
  return documents.map(({ name, file }) => ({ name: `${name}-${version}`, file }));
}

function inPackage(name: string, path: string): string {
  // Not every package exports its package.json.
  const [home] = (require.resolve.paths(name) ?? [])
    .map((folder) => join(folder, name))
    .filter((folder) => existsSync(folder));
  return join(home ?? name, path);
}

/** The files of a folder and those below it that may be documents. Files that others refer to are not told apart. */
export function documentsBelow(folder: string): readonly Listed[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => EXTENSIONS.includes(extname(path)))
    .toSorted()
    .map((path) => ({ name: basename(path, extname(path)), file: join(folder, path) }));
}

interface Packed {
  readonly name: string;
  readonly package: string;
  readonly path: string;
}

/** Too large for every installation of the project, for a newer Node, or under a license of their own. */
export const PACKED: readonly Packed[] = [
  { name: 'galaxy', package: '@scalar/galaxy@0.6.12', path: 'dist/3.1.yaml' },
  { name: 'directus', package: '@directus/specs@15.2.0', path: 'dist/openapi.json' },
  { name: 'rclone', package: 'rclone-openapi@1.75.0', path: 'openapi.yaml' },
  { name: 'shipengine', package: 'shipengine-openapi@1.4.0', path: 'openapi.yaml' },
  { name: 'github', package: '@octokit/openapi@23.0.2', path: 'generated/api.github.com.json' },
];

/** Fetches one file of a package of the registry into a folder. */
export function fetchDocument({ name, package: packed, path }: Packed, folder: string): Listed {
  const home = join(folder, name);
  mkdirSync(home);
  return { name, file: join(fetchPackage(packed, home, [`package/${path}`]), path) };
}

/** Fetches a package of the registry, or some of its files, into a folder. @returns the folder that they are in. */
export function fetchPackage(name: string, folder: string, paths: readonly string[] = []): string {
  const args = ['pack', name, '--json', '--pack-destination', folder];
  const output = execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const [, archive = ''] = /"filename": "([^"]+)"/.exec(output.toString()) ?? [];
  execFileSync('tar', ['-xzf', join(folder, basename(archive)), '-C', folder, ...paths]);
  return join(folder, 'package');
}
