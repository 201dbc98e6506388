import type { Parameter } from '../contract/contract.ts';
import { isObject } from '../json.ts';

/**
 * The texts that send a value of a parameter: several for a query parameter that is repeated; `null` where its style is
 * not one that can be chosen without asking, as with objects.
 */
export function serializeParameter(parameter: Parameter, value: unknown): readonly string[] | null {
  if (parameter.isJson) return [typeof value === 'string' ? value : JSON.stringify(value)];
  if (Array.isArray(value)) {
    const items = value.map(textOf);
    if (!items.every((item) => item !== null) || items.length === 0) return null;
    // The default styles: `form`, exploded, in a query; `simple` elsewhere.
    return parameter.in === 'query' ? items : [items.join(',')];
  }
  const text = textOf(value);
  return text === null ? null : [text];
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined || isObject(value) || Array.isArray(value)
    ? null
    : String(value);
}
