import { isObject, parseJson } from '../../json.ts';
import { valueAt } from '../../json-pointer.ts';
import { gather, readPairs, SEPARATORS } from './styles.ts';
import { MAX_CHECKED_VALUES, membersAt } from './typed-value.ts';

export const FORM_TYPE = 'application/x-www-form-urlencoded';

/**
 * Reads a form, as `name=a&tags=b&tags=c`.
 *
 * @param schema JSON pointer of the schema of its media type.
 * @returns `undefined` where members within members may have names of their own, as only the API knows how they are sent;
 * and for a form with more fields than are checked.
 */
export function readForm(document: object, schema: string, form: string): object | undefined {
  // Counted first, as reading them takes long.
  if (form.split('&', MAX_CHECKED_VALUES + 1).length > MAX_CHECKED_VALUES) return undefined;
  const members = membersAt(document, schema);
  const pairs = readPairs(form);
  const names = new Set(pairs.map(({ name }) => name));
  const unknown = [...names].filter((name) => !members.has(name));
  const isSpread = [...members].some(([name, types]) => types.includes('object') && !names.has(name));
  if (unknown.some((name) => isSpread || name.includes('['))) return undefined;
  // Forms in pages send all of their fields, also those that nobody has filled in.
  const filled = pairs.filter(({ name, value }) => value !== '' || mayBeText(members.get(name)));
  const separatorOf = separatorsAt(document, schema);
  return gather(
    filled.map(({ name, value }) => [name, value]),
    (name, value) => (members.get(name)?.includes('array') ? itemsOf(value, separatorOf(name)) : undefined),
  );
}

function mayBeText(types: readonly string[] = []): boolean {
  return types.length === 0 || types.includes('string');
}

/** The items of an array that is sent as one text. */
function itemsOf(text: string, separator: string | undefined): readonly unknown[] {
  const json = parseJson(text);
  if (Array.isArray(json)) return json;
  return separator === undefined ? [text] : text.split(separator);
}

/** What separates the items of a member, by its encoding; `undefined`: each is sent as a pair. */
function separatorsAt(document: object, schema: string): (name: string) => string | undefined {
  const encodings = valueAt(document, schema.replace(/schema$/, 'encoding'));
  return (name) => {
    const encoding = isObject(encodings) && Object.hasOwn(encodings, name) ? encodings[name] : undefined;
    if (!isObject(encoding) || encoding.explode === true) return undefined;
    const { style, explode } = encoding;
    return SEPARATORS.get(String(style)) ?? (explode === false ? ',' : undefined);
  };
}
