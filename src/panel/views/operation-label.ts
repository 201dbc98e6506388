import type { PanelOperation } from '../source/panel-source.ts';

/** Short labels for operations by id, without the common start of their paths: `GET …/stats/`. */
export function operationLabels(operations: readonly PanelOperation[]): ReadonlyMap<string, string> {
  const paths = operations.map(({ path }) => segmentsOf(path));
  const shortest = Math.min(...paths.map(({ length }) => length));
  let shared = 0;
  while (shared < shortest - 1 && paths.every((segments) => segments[shared] === paths[0]?.[shared])) {
    shared += 1;
  }
  return new Map(
    operations.map(({ id, method, path }, index) => {
      const own = paths[index]?.slice(shared).join('/') ?? path;
      const slash = path.endsWith('/') ? '/' : '';
      return [id, `${method} ${shared > 0 ? '…' : ''}/${own}${slash}`];
    }),
  );
}

/** A path to send a request to: the template, filled in with the contract's examples. */
export function requestPath({ path, parameters }: PanelOperation): string {
  return path.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const { example } =
      parameters.find((parameter) => parameter.in === 'path' && parameter.name === name) ?? {};
    // A path may have an @, as in `@current`.
    if (example !== undefined) return encodeURIComponent(String(example)).replaceAll('%40', '@');
    return name === 'project_id' ? '@current' : '1';
  });
}

/** Splits a path before its last segment, which tells it from other paths. */
export function splitPath(path: string): readonly [common: string, own: string] {
  const end = path.replace(/\/$/, '').lastIndexOf('/');
  return end < 0 ? ['', path] : [path.slice(0, end), path.slice(end)];
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}
