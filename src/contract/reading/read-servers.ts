import { isObject, type JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { kindOf, type Located, type Reading } from './reading.ts';

/** URLs of one server, as each path is matched under all of them; and values of one of its variables. */
export const MAX_SERVER_URLS = 50;

/**
 * The URLs of `servers`, with variables filled in: by their defaults first, then by the other values that `enum` has;
 * `undefined` where there is none.
 */
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
      return withVariables(server.url, server.variables);
    reading.report('missing-member', pointerTo(pointer, index), 'expected a server with a "url".');
    return [];
  });
  return urls.length > 0 ? urls : undefined;
}

function withVariables(url: string, variables: unknown): readonly string[] {
  const names = new Set([...url.matchAll(/\{([^{}]+)\}/g)].flatMap(([, name]) => name ?? []));
  let urls: readonly string[] = [url];
  // What the path has comes last in a URL, and must not fall victim to a long list of regions.
  for (const name of [...names].reverse()) {
    const values = valuesOf(variables, name);
    if (values.length === 0) continue;
    urls = values
      .flatMap((value) => urls.map((start) => start.replaceAll(`{${name}}`, () => value)))
      .slice(0, MAX_SERVER_URLS);
  }
  return urls;
}

/** The values of a server variable, its default first. */
function valuesOf(variables: unknown, name: string): readonly string[] {
  const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (!isObject(variable)) return [];
  const others = Array.isArray(variable.enum) ? variable.enum : [];
  const all: readonly unknown[] = [variable.default, ...others];
  return [...new Set(all.filter((value) => typeof value === 'string'))].slice(0, MAX_SERVER_URLS);
}

/** The path of a server URL, which may be relative, without a trailing slash. */
export function basePathOf(url: string): string {
  const path = URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : url;
  return path.replace(/(?<!\/)\/+$/, '');
}
