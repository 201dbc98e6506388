import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Where the checked texts would be; nothing is written. */
const FOLDER = `${ROOT}test/mutations/`;

/** What the compiler has against a client that is written for this package, or for the types of a contract. */
export function typeErrors(client: string, contractTypes = 'export {};'): readonly string[] {
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const texts = new Map([
    [`${FOLDER}client.ts`, client],
    [`${FOLDER}contract-types.ts`, contractTypes],
  ]);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...others) => {
    const text = texts.get(file);
    return text === undefined
      ? getSourceFile(file, version, ...others)
      : ts.createSourceFile(file, text, version, true);
  };
  const program = ts.createProgram([`${FOLDER}client.ts`], options, host);
  const file = program.getSourceFile(`${FOLDER}client.ts`);
  return program
    .getSemanticDiagnostics(file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** The types of a contract, as openapi-typescript makes them. */
export async function typesOf(contract: string): Promise<string> {
  return astToString(await openapiTS(contract));
}
