import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { PATHS } from './asking.ts';

/** A scenario as openapi.yaml describes it, read without the code under test. */
export interface Described {
  readonly operation: keyof typeof PATHS;
  readonly name: string;
  readonly status: number | null;
  readonly contentType: string | null;
  /** `undefined` when the contract has no example for it. */
  readonly example: unknown;
  readonly synthetic: boolean;
}

const document: ReturnType<typeof JSON.parse> = load(
  readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8'),
);

/** Every scenario of every operation, except `ok`. */
export const DESCRIBED: readonly Described[] = Object.entries(PATHS).flatMap(([operation, path]) => {
  const item = document.paths[path.replace('/1/', '/{project_id}/')].get;
  const found = [
    ...Object.entries(item.responses).flatMap(([status, response]) => inResponse(Number(status), response)),
    ...Object.keys(item['x-scenarios']).map((name) => described(name, null, null)),
  ];
  return found.map((scenario) => ({ ...scenario, operation: operation as keyof typeof PATHS }));
});

function inResponse(status: number, reference: unknown) {
  const { content, 'x-scenarios': extension = {} } = resolved(reference);
  const [contentType = ''] = Object.keys(content);
  const examples = Object.entries(content[contentType].examples).map(([name, given]) => {
    const { value, 'x-synthetic': synthetic = false } = resolved(given);
    return { ...described(name, status, contentType), example: value, synthetic };
  });
  const others = Object.keys(extension).map((name) =>
    described(name, status, name === 'documented' ? null : contentType),
  );
  return [...examples, ...others];
}

function described(name: string, status: number | null, contentType: string | null) {
  return { name, status, contentType, example: undefined, synthetic: false };
}

function resolved(value: unknown) {
  const { $ref } = value as { $ref?: string };
  if ($ref === undefined) return value as Record<string, never>;
  return $ref
    .split('/')
    .slice(1)
    .reduce((node, name) => node[name], document);
}
