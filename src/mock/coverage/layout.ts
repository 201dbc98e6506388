import type { Operation, Parameter } from '../../contract/contract.ts';
import { OK } from '../../contract/contract.ts';
import { descriptionOf } from '../../contract/described.ts';
import { memoize } from '../../memoize.ts';
import type { Catalogue } from '../scenarios/catalogue.ts';
import { createQueryCache, createUsedParameters, type UsedParameters } from './used-parameters.ts';

/** What is counted of an operation. All mocks of a contract share it; each has numbers of its own, in the same order. */
export interface CoverageLayout {
  readonly operation: Operation;
  readonly statuses: ReadonlyMap<string, number>;
  readonly scenarios: ReadonlyMap<string, number>;
  readonly parameters: readonly Parameter[];
  readonly usedParameters: UsedParameters;
  /** The index of the documented status that covers a code; `undefined`: it is not documented. */
  statusIndex(code: number): number | undefined;
}

/** By operation. A large contract has thousands, so each is laid out when it is first answered or shown. */
export type CoverageLayouts = (operation: Operation) => CoverageLayout;

export function createCoverageLayouts(catalogue: Catalogue): CoverageLayouts {
  const cache = createQueryCache();
  return memoize((operation) => {
    const parameters = operation.parameters.filter((parameter) => parameter.in !== 'path');
    const statuses = indexed(operation.responses.map(({ status }) => status));
    const codes = new Map([...statuses].map(([status, index]) => [Number(status), index]));
    return {
      operation,
      statuses,
      scenarios: indexed([OK, ...catalogue.scenariosOf(operation).map(({ name }) => name)]),
      parameters,
      usedParameters: createUsedParameters(operation, parameters, cache),
      statusIndex: (code) => codes.get(code) ?? statuses.get(descriptionOf(operation, code)?.status ?? ''),
    };
  });
}

function indexed(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}
