import type { Contract, Operation } from '../contract/contract.ts';
import { isObject, type JsonObject } from '../json.ts';
import { localPointer, pointerTo, valueAt } from '../json-pointer.ts';

/** A response as the document describes it. Pointers lead into the document. */
export interface DocumentedResponse {
  readonly pointer: string;
  readonly headers: readonly DocumentedHeader[];
  readonly media: readonly DocumentedMedia[];
}

export interface DocumentedHeader {
  readonly name: string;
  readonly isRequired: boolean;
  readonly pointer: string;
  /** The pointer of the schema; `null` where there is none. */
  readonly schema: string | null;
}

export interface DocumentedMedia {
  /** `application/json`, `text/*`. */
  readonly mediaType: string;
  readonly pointer: string;
  readonly schema: string | null;
}

/** A part of the document. */
interface Part {
  readonly value: JsonObject;
  readonly pointer: string;
}

/** The pointer of an operation in the document. */
export function pointerOf(contract: Contract, operation: Operation): string {
  return operationPart(contract, operation)?.pointer ?? '/paths';
}

/** The statuses that an operation documents: `200`, `4XX`, `default`. */
export function documentedStatuses(contract: Contract, operation: Operation): readonly string[] {
  const responses = responsesOf(contract, operation);
  return responses ? Object.keys(responses.value).filter((status) => !status.startsWith('x-')) : [];
}

/** Whether a status is documented by its number or its range, and not by `default`. */
export function isDocumented(contract: Contract, operation: Operation, status: number): boolean {
  const names = [String(status), `${Math.floor(status / 100)}XX`];
  return documentedStatuses(contract, operation).some((known) => names.includes(known.toUpperCase()));
}

/** The description of a status, else of its range, else the default one; `null` where there is none. */
export function documentedResponse(
  contract: Contract,
  operation: Operation,
  status: number,
): DocumentedResponse | null {
  const responses = responsesOf(contract, operation);
  const range = `${Math.floor(status / 100)}XX`;
  const names = [String(status), range, range.toLowerCase(), 'default'];
  const name = names.find((known) => responses && Object.hasOwn(responses.value, known));
  const response = name === undefined ? null : member(contract, responses, name);
  if (!response) return null;
  return {
    pointer: response.pointer,
    headers: members(contract, member(contract, response, 'headers')).map(([header, { value, pointer }]) => ({
      name: header,
      isRequired: value.required === true,
      pointer,
      schema: schemaOf(value, pointer),
    })),
    media: members(contract, member(contract, response, 'content')).map(
      ([mediaType, { value, pointer }]) => ({
        mediaType,
        pointer,
        schema: schemaOf(value, pointer),
      }),
    ),
  };
}

/** The description of a media type: its own, else that of a range such as `text/*`. */
export function documentedMedia(
  { media }: DocumentedResponse,
  contentType: string,
): DocumentedMedia | undefined {
  const [mediaType = ''] = contentType
    .toLowerCase()
    .split(';', 1)
    .map((text) => text.trim());
  const [type = ''] = mediaType.split('/', 1);
  const named = (name: string) =>
    media.find((described) => described.mediaType.toLowerCase().split(';', 1)[0]?.trim() === name);
  return named(mediaType) ?? named(`${type}/*`) ?? named('*/*');
}

function schemaOf({ schema }: JsonObject, pointer: string): string | null {
  return schema === undefined ? null : pointerTo(pointer, 'schema');
}

/** An operation in the document; `null` where it is not at its usual place. */
function operationPart(contract: Contract, { path, method }: Operation): Part | null {
  // Documents forget the slash, and write methods in upper case; the mock serves them all the same.
  const places = [path, path.slice(1)].map((key) => pointerTo('/paths', key));
  const own = places.map((pointer) => ({ value: valueAt(contract.root, pointer), pointer }));
  // A path item may refer to another one and still have operations of its own.
  const items = own.flatMap(({ value, pointer }) => (isObject(value) ? [{ value, pointer }] : []));
  const referred = places.flatMap((pointer) => partAt(contract, pointer) ?? []);
  for (const item of [...items, ...referred]) {
    const key = Object.keys(item.value).find((name) => name.toUpperCase() === method);
    const found = key === undefined ? null : member(contract, item, key);
    if (found) return found;
  }
  return null;
}

function responsesOf(contract: Contract, operation: Operation): Part | null {
  return member(contract, operationPart(contract, operation), 'responses');
}

function member(contract: Contract, part: Part | null, key: string): Part | null {
  return part && Object.hasOwn(part.value, key) ? partAt(contract, pointerTo(part.pointer, key)) : null;
}

function members(contract: Contract, part: Part | null): readonly (readonly [string, Part])[] {
  return Object.keys(part?.value ?? {}).flatMap((key) => {
    const found = member(contract, part, key);
    return found ? [[key, found] as const] : [];
  });
}

/** References that may lead to one another. */
const MAX_CHAINED = 100;

function partAt({ root }: Contract, start: string): Part | null {
  let pointer = start;
  for (let count = 0; count < MAX_CHAINED; count += 1) {
    const value = valueAt(root, pointer);
    if (!isObject(value)) return null;
    const target = typeof value.$ref === 'string' ? localPointer(value.$ref) : undefined;
    if (target === undefined) return { value, pointer };
    pointer = target;
  }
  return null;
}
