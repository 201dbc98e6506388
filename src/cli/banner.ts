import type { CoreMock } from '../mock/mock.ts';
import { CONTROL_PATH } from '../server/control-path.ts';
import { readPublicUrl } from '../server/public-url.ts';
import { curlOf, findExampleRequest } from './example-request.ts';
import { type SettingFlags, settingsLine, settingsOf } from './settings.ts';

/** What a server says when it is ready. */
export interface Banner {
  readonly lines: readonly string[];
  /** Of the JSON line. */
  readonly fields: object;
}

/** Says where the mock is, what it serves, what is not the default, and a curl command that works. */
export function bannerOf(
  url: string,
  mock: CoreMock,
  flags: SettingFlags & { readonly host: string },
): Banner {
  const { host, control: hasControl, token, publicUrl } = flags;
  const base = publicUrl === undefined ? url : readPublicUrl(publicUrl).base;
  const routes = mock.contract.operations.map(({ method, path }) => `${method} ${path}`);
  const example = findExampleRequest(mock);
  const panel = hasControl ? `${base}${CONTROL_PATH}/` : null;
  const others = host === '0.0.0.0' || host === '::' ? ', and on all other addresses of this machine' : '';
  const publicly = base === url ? '' : `, public at ${base}`;
  const settings = settingsOf(flags, mock);
  const notDefault = settingsLine(settings);
  const lines = [
    `Listening on ${url}${others}${publicly}`,
    ...routes.map((route) => `  ${route}`),
    ...(notDefault === null ? [] : [notDefault]),
    ...(panel === null ? [] : [`Panel: ${panel}${token === undefined ? '' : '#token=…'}`]),
    ...(example ? [`Try it: ${curlOf(example, base)}`] : []),
  ];
  const fields = {
    url,
    ...(base !== url && { publicUrl: base }),
    routes,
    panel,
    ...Object.fromEntries(settings.map(({ name, value }) => [name, value])),
  };
  return { lines, fields };
}
