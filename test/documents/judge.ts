import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { XMLValidator } from 'fast-xml-parser';
import { isObject, parseJson } from '../../src/json.ts';
import type { OpenApiDocument, Place } from './document.ts';
import { findMediaType, isJson, isJsonLines, isText, isXml } from './media-types.ts';
import type { Operation } from './operations.ts';
import { type Direction, Schemas } from './schemas.ts';

/** An answer of a server, or why there was none. */
export type Answer =
  | { readonly status: number; readonly contentType: string | undefined; readonly body: string }
  | { readonly failure: string };

/** Why an answer is not what the document describes; `null` when it is. */
export type Verdict = null | { readonly kind: string; readonly detail: string };

export interface Judge {
  /** Whether an answer has a documented status and media type, and a body that ajv accepts. */
  judge(operation: Operation, answer: Answer): Verdict;
  /** Why ajv refuses a value; `null` when it does not. */
  check(schema: Place, value: unknown, direction: Direction): string | null;
}

/** A judge that shares nothing with the mock: ajv for draft 2020-12 with its formats. */
export function createJudge(document: OpenApiDocument): Judge {
  const checks = { response: createCheck(document, 'response'), request: createCheck(document, 'request') };
  const check: Judge['check'] = (schema, value, direction) => checks[direction](schema, value);
  return {
    check,
    judge(operation, answer) {
      if ('failure' in answer) return { kind: 'no answer', detail: answer.failure };
      const response = findResponse(operation, answer.status);
      // An operation that describes no answers at all has no body either.
      if (operation.responses.size === 0 && answer.body === '') return null;
      if (response === undefined) {
        return { kind: `undocumented status ${answer.status}`, detail: answer.body.slice(0, 200) };
      }
      const content = isObject(response.node) ? response.node.content : undefined;
      const hasContent = isObject(content) && Object.keys(content).length > 0;
      if (!hasContent) {
        if (answer.body === '') return null;
        return { kind: 'body where none is described', detail: answer.body.slice(0, 200) };
      }
      if (operation.method === 'HEAD' || [204, 205, 304].includes(answer.status)) return null;
      const found = findMediaType(content, answer.contentType);
      if (found === undefined) {
        const detail = `${answer.contentType}; documented: ${Object.keys(content).join(', ')}`;
        return { kind: answer.body === '' ? 'no body' : 'undocumented media type', detail };
      }
      const { node, file } = document.follow(found, response.file);
      const media = isObject(node) ? node : {};
      const checkBy = (schema: unknown) => (value: unknown) =>
        schema === undefined ? null : check({ node: schema, file }, value, 'response');
      return judgeBody(
        answer.contentType ?? '',
        answer.body,
        checkBy(media.schema),
        checkBy(media.itemSchema),
      );
    },
  };
}

type Check = (value: unknown) => string | null;

function judgeBody(contentType: string, body: string, check: Check, checkItem: Check): Verdict {
  if (isJson(contentType)) return judgeJson(body, check);
  if (isJsonLines(contentType)) {
    return (
      body
        .trimEnd()
        .split('\n')
        .map((line) => judgeJson(line, checkItem))
        .find((verdict) => verdict !== null) ?? null
    );
  }
  if (isText(contentType)) {
    const problems = readings(body).map(check);
    return problems.includes(null) ? null : { kind: 'body breaks its schema', detail: problems[0] ?? '' };
  }
  if (body === '') return { kind: 'no body', detail: contentType };
  if (isXml(contentType) && XMLValidator.validate(body) !== true) {
    return { kind: 'not XML', detail: body.slice(0, 200) };
  }
  // Bytes and streams have no value that a JSON Schema could judge.
  return null;
}

function judgeJson(body: string, check: Check): Verdict {
  if (body === '') return { kind: 'no body', detail: 'expected JSON' };
  const value = parseJson(body);
  if (value === undefined) return { kind: 'not JSON', detail: body.slice(0, 200) };
  const problem = check(value);
  return problem === null ? null : { kind: 'body breaks its schema', detail: problem };
}

/** What a text may stand for: its schema may be one of a number. */
function readings(body: string): readonly unknown[] {
  const parsed = parseJson(body);
  return parsed === undefined ? [body] : [body, parsed];
}

export function findResponse({ responses }: Operation, status: number): Place | undefined {
  return responses.get(String(status)) ?? responses.get(`${String(status)[0]}XX`) ?? responses.get('DEFAULT');
}

function createCheck(document: OpenApiDocument, direction: Direction) {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    validateSchema: false,
    // 0.07 is a multiple of 0.01.
    multipleOfPrecision: 9,
    code: { regExp: Object.assign(compilePattern, { code: '' }) },
  });
  addFormats.default(ajv);
  const schemas = new Schemas(ajv, document, direction);
  return (schema: Place, value: unknown): string | null => {
    const validate = ajv.getSchema(schemas.add(schema));
    if (validate === undefined || validate(value) === true) return null;
    return (validate.errors ?? []).slice(0, 1).map(explain).join('');
  };
}

function explain({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`;
}

/** Patterns of other dialects, which ECMAScript cannot read, allow anything. */
function compilePattern(pattern: string): RegExp {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {}
  }
  return /(?:)/;
}
