import { BoundedCache } from '../memoize.ts';
import { decodeLeniently } from '../text/printable.ts';
import type { Contract, Operation } from './contract.ts';

/** What a request leads to. */
export interface Route {
  readonly operation: Operation;
  /** Path parameters, percent-decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** `json` in `…/stats.json`; `null` without one. */
  readonly formatSuffix: string | null;
}

/** Finds the operation of a method and a percent-encoded path. `HEAD` is its `GET`; a method the path does not have leads to its first operation. */
export type Router = (method: string, path: string) => Route | null;

/**
 * Indexes the operations once, by path segment, so that a look-up costs the same however many there are.
 * Paths match as Django REST framework routes them (provider/posthog/README.md §6): the slash at the end is optional, a
 * parameter has neither slash nor dot, and a format suffix may follow.
 */
export function createRouter({ operations }: Contract): Router {
  const root = emptyNode();
  for (const operation of operations) {
    for (const basePath of operation.basePaths)
      insert(root, segmentsOf(decodeLeniently(basePath + operation.path)), operation);
  }
  return remembering((method, path) => {
    // Decoded whole, as WSGI servers do, so that `%2F` is a slash.
    const segments = segmentsOf(decodeLeniently(path));
    const whole = find(root, segments, 0, []);
    if (whole) return toRoute(whole, method, null);
    const suffix = /^(.+)\.([a-z0-9]+)$/.exec(segments.at(-1) ?? '');
    if (!suffix?.[1] || !suffix[2]) return null;
    const bare = find(root, [...segments.slice(0, -1), suffix[1]], 0, []);
    return bare && toRoute(bare, method, suffix[2]);
  });
}

/** A client asks for the same few paths over and over. */
const MAX_CACHED_ROUTES = 1_000;
const MAX_CACHED_LENGTH = 500;

/** The same router with a memory. What matches nothing, or is very long, is not worth remembering. */
function remembering(router: Router): Router {
  const routes = new BoundedCache<string, Route>(MAX_CACHED_ROUTES);
  return (method, path) => {
    const request = `${method} ${path}`;
    const known = routes.get(request);
    if (known) return known;
    const route = router(method, path);
    if (route && request.length <= MAX_CACHED_LENGTH) routes.set(request, route);
    return route;
  };
}

/** The segments of a path, whether or not it ends with a slash: `/a/b/` and `/a/b` are `['a', 'b']`. */
export function segmentsOf(path: string): string[] {
  const end = path.endsWith('/') ? -1 : undefined;
  const inner = path.slice(1, end);
  return inner === '' && path !== '//' ? [] : inner.split('/');
}

/** What a segment of a path template matches: `{id}.csv` is `7.csv`, but neither `7.5.csv` nor `.csv`. */
export function segmentPattern(segment: string): RegExp {
  return new RegExp(patternSource(segment), 's');
}

interface Node {
  readonly literals: Map<string, Node>;
  readonly templates: Template[];
  /** The operations that end here, with the names of the parameters on the way. */
  readonly ends: End[];
}

interface Template {
  readonly source: string;
  readonly pattern: RegExp;
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
  return { literals: new Map(), templates: [], ends: [] };
}

const PLACEHOLDER = /\{([^{}]+)\}/g;

function insert(root: Node, segments: readonly string[], operation: Operation): void {
  let node = root;
  const names: string[] = [];
  for (const segment of segments) {
    const placeholders = [...segment.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
    names.push(...placeholders);
    node = placeholders.length === 0 ? literalChild(node, segment) : templateChild(node, segment);
  }
  node.ends.push({ operation, names });
}

function literalChild(node: Node, segment: string): Node {
  const child = node.literals.get(segment) ?? emptyNode();
  node.literals.set(segment, child);
  return child;
}

function templateChild(node: Node, segment: string): Node {
  const source = patternSource(segment);
  const known = node.templates.find((template) => template.source === source);
  if (known) return known.node;
  const template = { source, pattern: segmentPattern(segment), node: emptyNode() };
  node.templates.push(template);
  // The more of a segment is fixed, the better it fits: `{id}.csv` before `{id}`.
  node.templates.sort((a, b) => b.source.length - a.source.length);
  return template.node;
}

function patternSource(segment: string): string {
  const parts = segment.split(PLACEHOLDER).map((part, index) => {
    return index % 2 === 1 ? '([^/.]+)' : part.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  });
  return `^${parts.join('')}$`;
}

/** Literals win over templates; where they lead nowhere, the templates are tried. */
function find(
  node: Node,
  segments: readonly string[],
  index: number,
  values: readonly string[],
): Found | null {
  const segment = segments[index];
  if (segment === undefined) return node.ends.length > 0 ? { ends: node.ends, values } : null;
  const literal = node.literals.get(segment);
  const found = literal && find(literal, segments, index + 1, values);
  if (found) return found;
  for (const { pattern, node: next } of node.templates) {
    const match = pattern.exec(segment);
    const matched = match && find(next, segments, index + 1, [...values, ...match.slice(1)]);
    if (matched) return matched;
  }
  return null;
}

function toRoute({ ends, values }: Found, method: string, formatSuffix: string | null): Route | null {
  const of = (wanted: string) => ends.find(({ operation }) => operation.method === wanted);
  const end = of(method) ?? (method === 'HEAD' ? of('GET') : undefined) ?? ends[0];
  if (!end) return null;
  const parameters = Object.fromEntries(end.names.map((name, index) => [name, values[index] ?? '']));
  return { operation: end.operation, parameters, formatSuffix };
}
