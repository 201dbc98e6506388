import { brandOf } from '../../built-ins.ts';
import { isObject, type JsonObject, parseJson } from '../../json.ts';
import { messageOf } from '../../text/message-of.ts';
import { shown } from '../../text/shown.ts';
import { ContractError, type ContractFinding } from '../contract-error.ts';
import { countJson, countValues, MAX_DEPTH } from './count-values.ts';
import loadYaml from './js-yaml.cjs';

/** A document that belongs to the reader, so that it may be changed. */
export interface ParsedDocument {
  readonly document: JsonObject;
  /** How many values it has. */
  readonly values: number;
  /** What had to be mended before it could be read. */
  readonly findings: readonly ContractFinding[];
}

/**
 * Parses YAML or JSON text, or copies a document, and checks that the result is OpenAPI 3 and plain JSON.
 *
 * @throws {ContractError} when it is not. For text that is neither YAML nor JSON, the message has line and column.
 */
export function parseDocument(source: string | object, file: string): ParsedDocument {
  const json = typeof source === 'string' ? parseJsonText(source) : undefined;
  const repeated: string[] = [];
  const warn = (detail: string) => repeated.push(detail);
  const document =
    json ?? (typeof source === 'string' ? parseYaml(source, file, warn) : copyDocument(source, file));
  if (!isObject(document)) throw refusal(file, '', NOT_A_DOCUMENT);
  const findings = [
    ...repeated.map((detail) => ({ kind: 'duplicate-key', pointer: '', detail }) as const),
    ...quoteVersion(document),
  ];
  if (minorVersion(document) === undefined) throw refusal(file, '/openapi', explainVersion(document));
  const count = json === undefined ? countValues : countJson;
  return { document, values: count(document, file), findings };
}

/** In YAML, `openapi: 3.1` without quotes is a number, and `3.0` is 3. */
function quoteVersion(document: JsonObject): readonly ContractFinding[] {
  const { openapi } = document;
  if (typeof openapi !== 'number' || ![3, 3.1, 3.2].includes(openapi)) return [];
  const version = openapi.toFixed(1);
  Reflect.set(document, 'openapi', version);
  const detail = `expected a string, found a number; it reads as "${version}".`;
  return [{ kind: 'wrong-type', pointer: '/openapi', detail }];
}

const NOT_A_DOCUMENT =
  'this is not an OpenAPI document: expected an object with "openapi", "info" and "paths".';

/** 0 for OpenAPI 3.0, 1 for 3.1, 2 for 3.2; `undefined` for anything else. */
export function minorVersion({ openapi }: JsonObject): number | undefined {
  const [, minor] = (typeof openapi === 'string' && /^3\.([012])(\.\d+)?(-[\w.]+)?$/.exec(openapi)) || [];
  return minor === undefined ? undefined : Number(minor);
}

/** Called with what is wrong with a text that can be parsed nevertheless. */
type Warn = (detail: string) => void;

/** @throws {ContractError} when the text is neither YAML nor JSON. */
export function parseText(text: string, file: string, warn: Warn): unknown {
  return parseJsonText(text) ?? parseYaml(text, file, warn);
}

/** A JSON parser is many times as fast as one of YAML; `undefined` for what is not JSON. */
function parseJsonText(text: string): unknown {
  return /^\s*[[{]/.test(text) ? parseJson(text) : undefined;
}

function parseYaml(text: string, file: string, warn: Warn): unknown {
  const { load, CORE_SCHEMA, mergeTag, YAMLException } = loadYaml();
  const parse = (takesRepeated: boolean) =>
    load(text, { schema: CORE_SCHEMA.withTags(mergeTag), maxDepth: MAX_DEPTH, json: takesRepeated });
  const parseOr = (recover: (problem: string, place: string) => unknown, takesRepeated: boolean): unknown => {
    try {
      return parse(takesRepeated);
    } catch (cause) {
      if (!(cause instanceof YAMLException)) throw cause;
      const { reason, mark } = cause;
      return recover(reason, mark ? ` at line ${mark.line + 1}, column ${mark.column + 1}` : '');
    }
  };
  const refuse = (problem: string, place: string): never => {
    throw refusal(file, '', `this is neither YAML nor JSON: ${problem}${place}.`);
  };
  return parseOr((problem, place) => {
    if (problem !== REPEATED_KEY) return refuse(problem, place);
    warn(`a key is given twice in one object${place}; the last one counts. There may be more of them.`);
    return parseOr(refuse, true);
  }, false);
}

/** As js-yaml has it, and only where it does not take the last one, as parsers of JSON do. */
const REPEATED_KEY = 'duplicated mapping key';

const BYTES = "bytes; read the file as text, as readFileSync(path, 'utf8') does";

/** What stands for a document by mistake, by its brand. */
const MISTAKEN: ReadonlyMap<string, string> = new Map([
  ['Uint8Array', BYTES],
  ['ArrayBuffer', BYTES],
  ['Promise', 'a Promise; await it'],
  ['Module', 'a module; take its default export'],
]);

function copyDocument(source: object, file: string): unknown {
  const mistaken = MISTAKEN.get(brandOf(source));
  if (mistaken !== undefined) throw refusal(file, '', `expected a document or its text, found ${mistaken}.`);
  try {
    return structuredClone(source);
  } catch (cause) {
    throw refusal(file, '', `the document has to be plain JSON: ${messageOf(cause)}`);
  }
}

function refusal(file: string, pointer: string, detail: string): ContractError {
  return new ContractError(file, [{ kind: 'document', pointer, detail }]);
}

function explainVersion({ openapi, swagger }: JsonObject): string {
  if (swagger !== undefined)
    return `Swagger ${String(swagger)} is not supported; convert the document to OpenAPI 3.`;
  if (openapi === undefined) return 'the field is missing; expected "3.1.0" or another version of OpenAPI 3.';
  return `version ${shown(openapi)} is not supported; expected a string such as "3.0.3", "3.1.0" or "3.2.0".`;
}
