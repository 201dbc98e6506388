import { equalJson } from '../json.ts';
import { BoundedCache } from '../memoize.ts';
import { decodeLeniently } from '../text/printable.ts';
import { type Contract, isOfMethod, type Operation } from './contract.ts';
import type { HttpRequest } from './message.ts';
import { matchesMarks, matchesPins, type PathKey, pathKeyOf } from './path-key.ts';
import { readSegmentTemplate, type SegmentTemplate } from './segment-template.ts';

/** How an API matches paths, beyond what its contract says. */
export interface RoutingRules {
  /** Whether the value of a path parameter may have a dot. */
  readonly allowsDots: boolean;
  /** Whether `/a` and `/a/` are the same path, unless the contract has both. */
  readonly ignoresTrailingSlash: boolean;
  /** Whether a path may end with the format wanted, as in `/stats.json`. */
  readonly takesFormatSuffix: boolean;
  /** Whether `%2F` separates segments, as a slash does. */
  readonly splitsEncodedSlashes: boolean;
  /**
   * Whether a path gives way to another one that has the method: with `PUT /files/latest` and `GET /files/{name}`, whether
   * `GET /files/latest` is the second, as in Express and Rails, or a 405, as in Django.
   */
  readonly methodDecides: boolean;
}

/** The plainest rules: nothing is special but a slash at the end, which does not matter. */
export const PLAIN_ROUTING: RoutingRules = {
  allowsDots: true,
  ignoresTrailingSlash: true,
  takesFormatSuffix: false,
  splitsEncodedSlashes: false,
  methodDecides: true,
};

/** What a request leads to. */
export interface Route {
  readonly operation: Operation;
  /** Whether the path has an operation of the request's method; if not, `operation` is the path's first. */
  readonly hasMethod: boolean;
  /** Path parameters, percent-decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** `json` in `…/stats.json`; `null` when the path has none. */
  readonly formatSuffix: string | null;
  /** Routes to other operations that have the same paths and method, for other values of the parameters. */
  readonly others: readonly Route[];
}

export interface Router {
  readonly contract: Contract;
  readonly rules: RoutingRules;
  /**
   * Finds the operation of a method and a percent-encoded path. `HEAD` is its `GET`.
   *
   * @param query percent-encoded; path keys may have a part of it, as in `/things?beta=true`.
   * @param headers path keys may tell operations apart by one, as in `/#X-Amz-Target=Acm.ListTags`.
   */
  match(method: string, path: string, query?: string, headers?: HttpRequest['headers']): Route | null;
}

/**
 * Indexes the operations once, by path segment, so that a look-up costs the same however many there are. Paths match
 * under the base path of any server.
 */
export function createRouter(contract: Contract, rules: RoutingRules): Router {
  const root = emptyNode();
  let readsQuery = false;
  const readHeaders = new Set<string>();
  for (const operation of contract.operations) {
    const { pins, marks } = pathKeyOf(operation);
    readsQuery ||= pins.length > 0 || marks.some((mark) => mark.in === 'query');
    for (const mark of marks) if (mark.in === 'header') readHeaders.add(mark.name.toLowerCase());
    for (const basePath of operation.basePaths) insert(root, basePath, operation, rules);
  }
  const match: Router['match'] = (method, path, query = '', headers = {}) => {
    const segments = segmentsOf(path, rules);
    const asked = {
      endsWithSlash: path.endsWith('/'),
      query: readsQuery ? new URLSearchParams(query) : NO_QUERY,
      headers,
    };
    const among = (segments: readonly string[]) =>
      (rules.methodDecides ? find(root, segments, 0, [], { ...asked, method }) : null) ??
      find(root, segments, 0, [], asked);
    const whole = among(segments);
    if (whole) return toRoute(whole, method, null);
    const bare = rules.takesFormatSuffix ? withoutFormatSuffix(segments) : null;
    const found = bare && among(bare.segments);
    return found && toRoute(found, method, bare.suffix);
  };
  return { contract, rules, match: cacheRoutes(match, readsQuery, [...readHeaders]) };
}

const NO_QUERY = new URLSearchParams();

/** What decides between paths with the same segments. */
interface Asked {
  readonly endsWithSlash: boolean;
  readonly query: URLSearchParams;
  readonly headers: HttpRequest['headers'];
  /** Absent: the path may lack it. */
  readonly method?: string;
}

/** Clients ask for the same few paths over and over. */
export const MAX_CACHED_ROUTES = 1_000;
export const MAX_CACHED_LENGTH = 500;

/** Caches what matches; misses and very long paths are not worth it. */
function cacheRoutes(
  match: Router['match'],
  readsQuery: boolean,
  readHeaders: readonly string[],
): Router['match'] {
  const routes = new BoundedCache<string, Route>(MAX_CACHED_ROUTES);
  return (method, path, query = '', headers = {}) => {
    let request = readsQuery ? `${method} ${path}?${query}` : `${method} ${path}`;
    // No path and no header has a line break.
    for (const name of readHeaders) request += `\n${headers[name] ?? '\n'}`;
    const known = routes.get(request);
    if (known) return known;
    const route = match(method, path, query, headers);
    if (route && request.length <= MAX_CACHED_LENGTH) routes.set(request, route);
    return route;
  };
}

/** The decoded segments of a path. Where a trailing slash counts, it leaves an empty segment at the end. */
export function segmentsOf(path: string, rules: RoutingRules): string[] {
  // Once decoded, an encoded slash is like any other: WSGI servers decode the whole path first.
  const text = rules.splitsEncodedSlashes ? decodeLeniently(path) : path;
  const end = rules.ignoresTrailingSlash && text.endsWith('/') ? -1 : undefined;
  const inner = text.slice(1, end);
  if (inner === '' && text !== '//') return [];
  const segments = inner.split('/');
  return rules.splitsEncodedSlashes ? segments : segments.map(decodeLeniently);
}

/** Takes the format off the last segment; `null` where it has none. */
export function withoutFormatSuffix(
  segments: readonly string[],
): { readonly segments: readonly string[]; readonly suffix: string } | null {
  const [, bare, suffix] = /^(.+)\.([a-z0-9]+)$/s.exec(segments.at(-1) ?? '') ?? [];
  if (bare === undefined || suffix === undefined) return null;
  return { segments: [...segments.slice(0, -1), bare], suffix };
}

interface Node {
  readonly literals: Map<string, Node>;
  readonly templates: Template[];
  /** The paths that end here, those that ask for more first. */
  readonly paths: Path[];
}

/** Paths that match the same requests. */
interface Path {
  readonly endsWithSlash: boolean;
  readonly key: Pick<PathKey, 'pins' | 'marks'>;
  readonly ends: End[];
}

interface Template {
  readonly segment: SegmentTemplate;
  readonly node: Node;
}

interface End {
  readonly operation: Operation;
  readonly names: readonly string[];
}

interface Found {
  readonly ends: readonly End[];
  readonly values: readonly string[];
}

function emptyNode(): Node {
  return { literals: new Map(), templates: [], paths: [] };
}

function insert(root: Node, basePath: string, operation: Operation, rules: RoutingRules): void {
  const { template: own, pins, marks } = pathKeyOf(operation);
  const path = basePath + own;
  let node = root;
  const names: string[] = [];
  for (const segment of segmentsOf(path, rules)) {
    const template = readSegmentTemplate(segment, rules.allowsDots);
    if (template) names.push(...template.names);
    node = template ? templateChild(node, template) : literalChild(node, segment);
  }
  pathChild(node, path.endsWith('/'), { pins, marks }).ends.push({ operation, names });
}

function pathChild(node: Node, endsWithSlash: boolean, key: Path['key']): Path {
  const known = node.paths.find((path) => path.endsWithSlash === endsWithSlash && equalJson(path.key, key));
  if (known) return known;
  const path = { endsWithSlash, key, ends: [] };
  node.paths.push(path);
  node.paths.sort((a, b) => demandsOf(b) - demandsOf(a));
  return path;
}

function demandsOf({ key: { pins, marks } }: Path): number {
  return pins.length + marks.length;
}

function literalChild(node: Node, segment: string): Node {
  const child = node.literals.get(segment) ?? emptyNode();
  node.literals.set(segment, child);
  return child;
}

function templateChild(node: Node, segment: SegmentTemplate): Node {
  const known = node.templates.find((template) => equalJson(template.segment.parts, segment.parts));
  if (known) return known.node;
  const template = { segment, node: emptyNode() };
  node.templates.push(template);
  // The longer the fixed parts, the more specific the template: `{id}.csv` before `{id}`.
  node.templates.sort((a, b) => lengthOf(b.segment) - lengthOf(a.segment));
  return template.node;
}

function lengthOf({ parts }: SegmentTemplate): number {
  return parts.join('').length;
}

/** Tries a literal segment first, then templates. */
function find(
  node: Node,
  segments: readonly string[],
  index: number,
  values: readonly string[],
  asked: Asked,
): Found | null {
  const segment = segments[index];
  if (segment === undefined) {
    const ends = endsOf(node.paths, asked);
    return ends && { ends, values };
  }
  const literal = node.literals.get(segment);
  const found = literal && find(literal, segments, index + 1, values, asked);
  if (found) return found;
  for (const { segment: template, node: next } of node.templates) {
    const match = template.match(segment);
    const matched = match && find(next, segments, index + 1, [...values, ...match], asked);
    if (matched) return matched;
  }
  return null;
}

/** Those of the path that asks for most come first: the others only have methods that it lacks. */
function endsOf(
  paths: readonly Path[],
  { endsWithSlash, query, headers, method }: Asked,
): readonly End[] | null {
  const pinned = paths.filter(({ key }) => matchesPins(key.pins, query));
  const exact = preferred(pinned, (path) => path.endsWithSlash === endsWithSlash);
  const marked = preferred(exact, ({ key }) => matchesMarks(key.marks, query, headers));
  const ends = marked.flatMap((path) => path.ends);
  if (ends.length === 0) return null;
  return method === undefined || endFor(ends, method) ? ends : null;
}

function endFor(ends: readonly End[], method: string): End | undefined {
  const exact = ends.find(({ operation }) => operation.method === method);
  return exact ?? ends.find(({ operation }) => isOfMethod(operation, method));
}

/** Those that meet a wish, or all where none does. */
function preferred(paths: readonly Path[], isWished: (path: Path) => boolean): readonly Path[] {
  const wished = paths.filter(isWished);
  return wished.length > 0 ? wished : paths;
}

function toRoute({ ends, values }: Found, method: string, formatSuffix: string | null): Route | null {
  const own = endFor(ends, method);
  const end = own ?? ends[0];
  if (!end) return null;
  const routeTo = ({ operation, names }: End, others: readonly Route[]): Route => ({
    operation,
    hasMethod: own !== undefined,
    parameters: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
    formatSuffix,
    others,
  });
  const others = ends.filter((other) => other !== own && other.operation.method === own?.operation.method);
  return routeTo(
    end,
    others.map((other) => routeTo(other, [])),
  );
}
