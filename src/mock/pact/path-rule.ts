import type { Operation } from '../../contract/contract.ts';
import { pathKeyOf } from '../../contract/path-key.ts';
import { escaped, type MatchingRule, regexRule } from './body-rules.ts';

/** The path template as a pattern; `undefined` where it has no parameters, or is not the whole path that was sent. */
export function ruleOfPath(operation: Operation, path: string): MatchingRule | undefined {
  const template = pathKeyOf(operation).template.replace(/\/$/, '');
  if (!PARAMETER.test(template)) return undefined;
  const end = path.endsWith('/') ? '/' : '';
  const sent = path.split('/');
  const whole = operation.basePaths
    .map((basePath) => basePath + template + end)
    .find((candidate) => isOf(candidate.split('/'), sent));
  return whole === undefined ? undefined : regexRule(`^${partsOf(whole).map(escaped).join('[^/]+')}$`);
}

const PARAMETER = /\{[^{}]*\}/;

/** The fixed parts of a template, around its parameters. */
function partsOf(template: string): readonly string[] {
  return template.split(PARAMETER);
}

function isOf(template: readonly string[], sent: readonly string[]): boolean {
  return (
    template.length === sent.length &&
    template.every((wanted, index) => {
      const segment = sent[index] ?? '';
      const [start = '', ...others] = partsOf(wanted);
      const end = others.at(-1);
      return end === undefined ? segment === wanted : segment.startsWith(start) && segment.endsWith(end);
    })
  );
}
