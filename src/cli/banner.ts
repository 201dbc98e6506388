import { type Contract, servedPathOf } from '../contract/contract.ts';
import { describeGroups, MAX_LISTED_OPERATIONS } from '../contract/operation-groups.ts';
import { shellWord } from '../mock/journal/curl.ts';
import type { CoreMock } from '../mock/mock.ts';
import { CONTROL_PATH } from '../server/control-path.ts';
import { readPublicUrl } from '../server/public-url.ts';
import { withoutControls } from '../text/printable.ts';
import { describeWarnings } from './describe-warnings.ts';
import { curlOf, findExampleRequest } from './example-request.ts';
import { type SettingFlags, settingsLine, settingsOf } from './settings.ts';

/** What a server says when it is ready. */
export interface Banner {
  readonly lines: readonly string[];
  /** Of the JSON line. */
  readonly fields: object;
}

/** Says where the mock is, what it serves (in groups where that is much), what is not the default, and a curl command that works. */
export function bannerOf(
  url: string,
  mock: CoreMock,
  flags: SettingFlags & { readonly host: string },
): Banner {
  const { host, control: hasControl, token, publicUrl } = flags;
  const { contract } = mock;
  const base = publicUrl === undefined ? url : readPublicUrl(publicUrl).base;
  const example = findExampleRequest(mock);
  const panel = hasControl ? `${base}${CONTROL_PATH}/` : null;
  const others = host === '0.0.0.0' || host === '::' ? ', and on all other addresses of this machine' : '';
  const publicly = base === url ? '' : `, public at ${base}`;
  const settings = settingsOf(flags, mock);
  const notDefault = settingsLine(settings);
  const lines = [
    `Listening on ${url}${others}${publicly}`,
    ...operationLines(contract, flags),
    ...warningLines(contract, flags),
    ...(notDefault === null ? [] : [notDefault]),
    ...(panel === null ? [] : [`Panel: ${panel}${token === undefined ? '' : '#token=…'}`]),
    ...(example ? [`Try it: ${curlOf(example, base)}`] : []),
  ];
  const fields = {
    url,
    ...(base !== url && { publicUrl: base }),
    ...operationFields(contract),
    ...(contract.warnings.length > 0 && { warnings: contract.warnings.length }),
    panel,
    ...Object.fromEntries(settings.map(({ name, value }) => [name, value])),
  };
  return { lines: lines.map(withoutControls), fields };
}

function operationLines({ operations }: Contract, flags: SettingFlags): readonly string[] {
  if (operations.length <= MAX_LISTED_OPERATIONS) return routesOf(operations).map((route) => `  ${route}`);
  return [...describeGroups(operations), `  All of them: ${commandOf('operations', flags)}`];
}

function operationFields({ operations }: Contract): object {
  const isFew = operations.length <= MAX_LISTED_OPERATIONS;
  return { operations: operations.length, ...(isFew && { routes: routesOf(operations) }) };
}

function routesOf(operations: Contract['operations']): readonly string[] {
  return operations.map((operation) => `${operation.method} ${servedPathOf(operation)}`);
}

function warningLines(contract: Contract, flags: SettingFlags): readonly string[] {
  const lines = describeWarnings(contract.warnings);
  return lines.length === 0 ? [] : [...lines, `  All of them: ${commandOf('validate', flags)}`];
}

function commandOf(command: string, { contract }: SettingFlags): string {
  const source = contract === undefined ? '' : ` --contract ${shellWord(contract)}`;
  return `posthog-experiments-mock ${command}${source}`;
}
