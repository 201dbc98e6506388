import { isUrl } from './built-ins.ts';
import type { Contract } from './contract/contract.ts';
import { readContract } from './contract/reading/read-contract.ts';
import { once } from './memoize.ts';
import type { MockOptions } from './mock/options.ts';
import type { MockFiles } from './mock/shared.ts';
import { readPackaged, readYaml, withPackagedRows } from './packaged.ts';
import { readSourceFile, sourceFilesOf } from './source-files.ts';

const readOwn = once(() => readPackaged() ?? withPackagedRows(readContract(readYaml(), 'openapi.yaml')));

/** The packaged files, with the contract of the options instead if they have one. */
export function readFiles({ contract, strict }: Pick<MockOptions, 'contract' | 'strict'>): MockFiles {
  const sources = readOwn();
  return contract === undefined ? sources : { ...sources, contract: readContractOption(contract, strict) };
}

function readContractOption(contract: NonNullable<MockOptions['contract']>, strict: boolean | undefined) {
  if (isUrl(contract)) return readContractFile(contract, contract.href, strict);
  if (typeof contract === 'string' && isPath(contract)) return readContractFile(contract, contract, strict);
  return readContract(contract, undefined, { strict });
}

function readContractFile(path: string | URL, file: string, strict: boolean | undefined): Contract {
  const text = readSourceFile(path, file);
  return readContract(text, file, { strict, source: sourceFilesOf(path) });
}

/** A document has a brace or more than one line; a path has neither. */
function isPath(text: string): boolean {
  return !/[\n{]/.test(text);
}
