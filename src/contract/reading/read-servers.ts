import { isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { kindOf, type Located, type Reading } from './reading.ts';

/** The URLs of `servers`, with variables filled in; `undefined` where there is none. */
export function readServers(reading: Reading, owner: Located<JsonObject>): readonly string[] | undefined {
  const { servers } = owner.value;
  if (servers === undefined) return undefined;
  const pointer = pointerTo(owner.pointer, 'servers');
  if (!Array.isArray(servers)) {
    reading.report('wrong-type', pointer, `expected an array of servers, found ${kindOf(servers)}.`);
    return undefined;
  }
  const urls = servers.flatMap((server: unknown, index) => {
    if (isObject(server) && typeof server.url === 'string')
      return [withVariables(server.url, server.variables)];
    reading.report('missing-member', pointerTo(pointer, index), 'expected a server with a "url".');
    return [];
  });
  return urls.length > 0 ? urls : undefined;
}

function withVariables(url: string, variables: unknown): string {
  return url.replaceAll(/\{([^{}]+)\}/g, (placeholder, name: string) => {
    const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isObject(variable) && typeof variable.default === 'string' ? variable.default : placeholder;
  });
}

/** The path of a server URL, which may be relative, without a trailing slash. */
export function basePathOf(url: string): string {
  const path = URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : url;
  return path.replace(/(?<!\/)\/+$/, '');
}
