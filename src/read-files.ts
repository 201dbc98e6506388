import { isUrl } from './built-ins.ts';
import type { Contract } from './contract/contract.ts';
import { readContract } from './contract/reading/read-contract.ts';
import { once } from './memoize.ts';
import type { MockOptions } from './mock/options.ts';
import type { MockFiles } from './mock/shared.ts';
import { readPackaged, readYaml, withPackagedRows } from './packaged.ts';
import { type BeforeRead, pathOf, readSourceFile, sourceFilesOf } from './source-files.ts';

const readOwn = once(() => readPackaged() ?? withPackagedRows(readContract(readYaml(), 'openapi.yaml')));

/**
 * The packaged files, with the contract of the options instead if they have one.
 * @param beforeRead called with the path of each file that a contract refers to.
 */
export function readFiles(
  { contract, strict }: Pick<MockOptions, 'contract' | 'strict'>,
  beforeRead: BeforeRead = () => {},
): MockFiles {
  const sources = readOwn();
  return contract === undefined
    ? sources
    : { ...sources, contract: readContractOption({ contract, strict }, beforeRead) };
}

function readContractOption(
  { contract, strict }: { contract: NonNullable<MockOptions['contract']>; strict: boolean | undefined },
  beforeRead: BeforeRead,
): Contract {
  const readFile = (path: string | URL, file: string): Contract => {
    const text = readSourceFile(path, file);
    return readContract(text, file, { strict, source: sourceFilesOf(path, beforeRead) });
  };
  if (isUrl(contract)) return readFile(contract, contract.href);
  if (typeof contract === 'string' && isPath(contract)) return readFile(pathOf(contract), contract);
  return readContract(contract, undefined, { strict });
}

/** A document has a brace or more than one line; a path has neither. */
function isPath(text: string): boolean {
  return !/[\n{]/.test(text);
}
