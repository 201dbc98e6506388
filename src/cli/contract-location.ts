import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createLineOf } from '../drift/lines.ts';
import type { SarifContext } from '../drift/sarif.ts';
import { packagedPath } from '../packaged.ts';

/** Where a tool that reads SARIF finds the contract, and the lines in it. */
export function locateContract(contract: string | undefined): Pick<SarifContext, 'contractUri' | 'lineOf'> {
  const path = resolve(contract ?? packagedPath('openapi.yaml'));
  return { contractUri: uriOf(path), lineOf: createLineOf(readFileSync(path, 'utf8')) };
}

/** Relative where it is below the working directory, as code hosts want it. */
function uriOf(path: string): string {
  const below = relative(process.cwd(), path);
  if (below.startsWith('..') || resolve(below) !== path || below === '') return pathToFileURL(path).href;
  return below.split(sep).map(encodeURIComponent).join('/');
}
