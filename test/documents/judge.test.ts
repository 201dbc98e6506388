import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { documentOf } from './document.ts';
import { type Answer, createJudge } from './judge.ts';
import { operationsOf } from './operations.ts';

interface Things {
  readonly version?: string;
  readonly method?: string;
  readonly responses: JsonObject;
  readonly schemas?: JsonObject;
}

/** What is wrong with an answer of the only operation of a document. */
function verdictOf(
  { version = '3.1.0', method = 'get', responses, schemas = {} }: Things,
  answer: Answer,
): string | undefined {
  const paths = { '/things': { [method]: { responses } } };
  const document = documentOf({ openapi: version, paths, components: { schemas } }, 'things.yaml');
  const [operation] = operationsOf(document);
  if (operation === undefined) throw new Error('the document has no operation');
  return createJudge(document).judge(operation, answer)?.kind;
}

const answer = (status: number, body = '', contentType = 'application/json'): Answer => ({
  status,
  contentType: body === '' ? undefined : contentType,
  body,
});

describe('status and media type have to be documented', () => {
  const content = {
    'application/json; charset=utf-8': { schema: { type: 'integer' } },
    'text/*': { schema: { type: 'integer' } },
    'application/atom+xml': {},
    'application/jsonl': { itemSchema: { type: 'integer' } },
    'image/*': {},
  };
  const responses = { 200: { content }, '4XX': {}, 304: { content } };

  it.each<[string, Answer, string | undefined]>([
    ['a documented status and body', answer(200, '1'), undefined],
    ['parameters of the media type', answer(200, '1', 'Application/JSON'), undefined],
    ['a range of media types', answer(200, '1', 'text/plain'), undefined],
    ['a text of the wrong type', answer(200, 'one', 'text/plain'), 'body breaks its schema'],
    ['a body of the wrong type', answer(200, '"1"'), 'body breaks its schema'],
    ['a body that is no JSON', answer(200, '{'), 'not JSON'],
    ['no body', answer(200), 'no body'],
    ['XML', answer(200, '<a/>', 'application/atom+xml'), undefined],
    ['what is no XML', answer(200, '<a>', 'application/atom+xml'), 'not XML'],
    ['values in lines', answer(200, '1\n2\n', 'application/jsonl'), undefined],
    [
      'a value of the wrong type in a line',
      answer(200, '1\n"2"\n', 'application/jsonl'),
      'body breaks its schema',
    ],
    ['bytes', answer(200, '\u0000', 'image/png'), undefined],
    ['another media type', answer(200, '1', 'application/xml'), 'undocumented media type'],
    ['a range of statuses', answer(418), undefined],
    ['a body where none is described', answer(418, '{}'), 'body where none is described'],
    ['a status that has no body', answer(304), undefined],
    ['another status', answer(500), 'undocumented status 500'],
    ['no answer', { failure: 'socket hang up' }, 'no answer'],
  ])('%s', (_, given, kind) => {
    expect(verdictOf({ responses }, given)).toBe(kind);
  });

  it('HEAD has no body', () => {
    expect(verdictOf({ method: 'head', responses }, answer(200))).toBeUndefined();
  });

  it('an operation without responses describes no body', () => {
    expect(verdictOf({ responses: {} }, answer(200))).toBeUndefined();
    expect(verdictOf({ responses: {} }, answer(200, '1'))).toBe('undocumented status 200');
  });

  it('default stands for every other status', () => {
    expect(verdictOf({ responses: { default: {} } }, answer(503))).toBeUndefined();
  });
});

describe('bodies are judged by the draft of the document', () => {
  const breaks = 'body breaks its schema';

  it.each<[string, string, JsonObject, string, string | undefined]>([
    ['3.0: nullable', '3.0.3', { type: 'string', nullable: true }, 'null', undefined],
    ['3.0: nullable without a type', '3.0.3', { nullable: true, enum: ['a'] }, 'null', breaks],
    ['3.1: nullable says nothing', '3.1.0', { type: 'string', nullable: true }, 'null', breaks],
    ['3.0: an exclusive bound', '3.0.3', { minimum: 1, exclusiveMinimum: true }, '1', breaks],
    ['3.0: a bound', '3.0.3', { minimum: 1, exclusiveMinimum: false }, '1', undefined],
    ['3.1: an exclusive bound', '3.1.0', { exclusiveMinimum: 1 }, '1', breaks],
    [
      '3.0: members beside $ref say nothing',
      '3.0.3',
      { $ref: '#/components/schemas/Any', type: 'string' },
      '1',
      undefined,
    ],
    ['3.1: members beside $ref', '3.1.0', { $ref: '#/components/schemas/Any', type: 'string' }, '1', breaks],
    [
      '3.0: what is write-only is not required',
      '3.0.3',
      { $ref: '#/components/schemas/User' },
      '{}',
      undefined,
    ],
    ['3.1: what is write-only is required', '3.1.0', { $ref: '#/components/schemas/User' }, '{}', breaks],
    ['an anchor', '3.1.0', { $ref: '#short' }, '"long"', breaks],
    ['an id', '3.1.0', { $ref: 'https://example.org/short' }, '"long"', breaks],
    ['a recursive schema', '3.1.0', { $ref: '#/components/schemas/Tree' }, '[[], [1]]', breaks],
    ['a format', '3.1.0', { format: 'date-time' }, '"yesterday"', breaks],
    ['a keyword of the wrong type says nothing', '3.1.0', { required: true, type: 'text' }, '1', undefined],
    ['a pattern of another dialect says nothing', '3.1.0', { pattern: '(?i)a' }, '"b"', undefined],
    ['a pattern', '3.1.0', { pattern: '^\\d\\-$' }, '"x"', breaks],
    ['multiples of a fraction', '3.1.0', { multipleOf: 0.01 }, '19.99', undefined],
  ])('%s', (_, version, schema, body, kind) => {
    const schemas = {
      Any: {},
      User: { required: ['password'], properties: { password: { writeOnly: true } } },
      Tree: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
      Short: { $id: 'https://example.org/short', $anchor: 'short', maxLength: 2 },
      Data: { example: { $id: 'same' }, properties: { a: { example: { $id: 'same' } } } },
    };
    const responses = { 200: { content: { 'application/json': { schema } } } };
    expect(verdictOf({ version, responses, schemas }, answer(200, body))).toBe(kind);
  });
});
