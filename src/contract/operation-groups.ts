import { cut, withoutControls } from '../text/printable.ts';
import { counted } from '../text/shown.ts';
import type { Operation } from './contract.ts';

type Grouped = Pick<Operation, 'path' | 'tags'>;

/** More operations than these are counted in groups rather than listed. */
export const MAX_LISTED_OPERATIONS = 12;

const MAX_GROUPS = 8;
const MAX_NAME_LENGTH = 60;

/** How many operations there are, then a line for each of the largest groups: by first tag, or by path without one. */
export function describeGroups(operations: readonly Grouped[]): readonly string[] {
  const groups = groupsOf(operations);
  const shown = groups.slice(0, MAX_GROUPS);
  const width = String(shown[0]?.[1] ?? '').length;
  const lines = shown.map(
    ([name, count]) => `  ${String(count).padStart(width)} ${cut(withoutControls(name), MAX_NAME_LENGTH)}`,
  );
  const rest = groups.slice(MAX_GROUPS);
  const left = rest.reduce((sum, [, count]) => sum + count, 0);
  return [
    counted(operations.length, 'operation'),
    ...lines,
    ...(left > 0 ? [`  ${left} in ${counted(rest.length, 'more group')}`] : []),
  ];
}

/** Largest first; groups of one size in document order. */
function groupsOf(operations: readonly Grouped[]): readonly (readonly [name: string, count: number])[] {
  const counts = new Map<string, number>();
  const shared = countSharedSegments(operations.map(({ path }) => segmentsOf(path)));
  for (const { path, tags } of operations) {
    const name = tags[0] ?? resourceOf(segmentsOf(path), shared);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** The first segment that is no template, after those that all paths begin with. */
function resourceOf(segments: readonly string[], shared: number): string {
  const own = segments.slice(shared).find((segment) => !segment.startsWith('{'));
  return own ?? segments.at(-1) ?? '/';
}

function countSharedSegments(paths: readonly (readonly string[])[]): number {
  const [first = []] = paths;
  const differing = first.findIndex((segment, index) => paths.some((path) => path[index] !== segment));
  return differing < 0 ? first.length : differing;
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}
