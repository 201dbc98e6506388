import { describe, expect, it } from 'vitest';
import { serializeBody } from '../../../src/contract/bodies/serialize-body.ts';

const write = (value: unknown, mediaType: string, schema: object = {}) =>
  serializeBody(value, mediaType, { document: { schema }, pointer: '/schema' });

describe('A body is written in its media type', () => {
  const row = { id: 5, name: 'a "b", c', tags: ['x', 'y'], none: null };

  it.each<{ mediaType: string; value: unknown; body: string }>([
    { mediaType: 'application/json', value: 'text', body: '"text"' },
    { mediaType: 'application/vnd.api+json; charset=utf-8', value: { a: 1 }, body: '{"a":1}' },
    { mediaType: 'text/plain', value: 'text', body: 'text' },
    { mediaType: 'text/plain', value: 7, body: '7' },
    { mediaType: 'text/html', value: '<p>', body: '<p>' },
    { mediaType: 'application/yaml', value: { a: 1 }, body: '{"a":1}' },
    {
      mediaType: 'application/x-www-form-urlencoded',
      value: row,
      body: 'id=5&name=a+%22b%22%2C+c&tags=x&tags=y&none=',
    },
    {
      mediaType: 'text/csv',
      value: [row, { id: 6 }],
      body: 'id,name,tags,none\r\n5,"a ""b"", c","[""x"",""y""]",\r\n6,,,\r\n',
    },
    {
      mediaType: 'text/csv',
      value: [
        ['a', 1],
        ['b', null],
      ],
      body: 'a,1\r\nb,\r\n',
    },
    { mediaType: 'text/csv', value: 'a,b\r\n', body: 'a,b\r\n' },
    { mediaType: 'application/x-ndjson', value: [{ a: 1 }, 2], body: '{"a":1}\n2\n' },
    { mediaType: 'application/json-seq', value: { a: 1 }, body: '\u001e{"a":1}\n' },
    {
      mediaType: 'text/event-stream',
      value: [{ a: 1 }, 'x\ny'],
      body: 'data: {"a":1}\n\ndata: x\ndata: y\n\n',
    },
    { mediaType: 'text/event-stream', value: { event: 'done', data: 'x' }, body: 'event: done\ndata: x\n\n' },
    { mediaType: 'text/event-stream', value: 'string', body: 'data: string\n\n' },
    { mediaType: 'text/event-stream', value: 'x\ny', body: 'data: x\ndata: y\n\n' },
    { mediaType: 'text/event-stream', value: ': ping\n\ndata: x\n\n', body: ': ping\n\ndata: x\n\n' },
    { mediaType: 'application/octet-stream', value: 'string', body: 'string' },
  ])('$mediaType: $body', ({ mediaType, value, body }) => {
    expect(write(value, mediaType)).toEqual({ contentType: mediaType, body });
  });

  it('as a form of several parts, with the boundary in the type', async () => {
    const { contentType, body } = write({ id: 5, tags: ['x', 'y'], more: { a: 1 } }, 'multipart/form-data');
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    expect([...form]).toEqual([
      ['id', '5'],
      ['tags', 'x'],
      ['tags', 'y'],
      ['more', '{"a":1}'],
    ]);
    expect(write({}, 'multipart/form-data; boundary=xyz').body).toBe('--xyz--\r\n');
  });

  it.each([
    ['image/gif', 'GIF89a'],
    ['application/pdf', '%PDF-'],
    ['application/zip', 'PK'],
    ['image/svg+xml', '<svg'],
  ])('as a small file of %s', (mediaType, start) => {
    const { body } = write('string', mediaType);
    expect(body.startsWith(start)).toBe(true);
    expect(Buffer.from(body).length).toBe(body.length);
  });
});

describe('XML', () => {
  const xml = (value: unknown, schema: object, others: object = {}) => {
    const document = { schema, components: { schemas: others } };
    const { body } = serializeBody(value, 'application/xml', { document, pointer: '/schema' });
    const [declaration = '', element = ''] = body.split('\n');
    expect(declaration).toBe('<?xml version="1.0" encoding="UTF-8"?>');
    return element;
  };
  const text = { type: 'string' };
  const list = (form: object, items: object = text) => ({
    properties: { pets: { type: 'array', items, xml: form } },
  });

  it.each<{ schema: object; value: unknown; element: string }>([
    {
      schema: { properties: { a: text } },
      value: { a: '<&>"', b: null },
      element: '<root><a>&lt;&amp;&gt;&quot;</a><b/></root>',
    },
    { schema: { xml: { name: 'pet' } }, value: 5, element: '<pet>5</pet>' },
    {
      schema: {
        properties: { id: { type: 'integer', xml: { attribute: true } }, a: { xml: { name: 'b' } } },
      },
      value: { id: 5, a: true },
      element: '<root id="5"><b>true</b></root>',
    },
    {
      schema: { xml: { name: 'pet', prefix: 'p', namespace: 'https://example.com/p' } },
      value: { a: 1 },
      element: '<p:pet xmlns:p="https://example.com/p"><a>1</a></p:pet>',
    },
    { schema: list({}), value: { pets: ['a', 'b'] }, element: '<root><pets>a</pets><pets>b</pets></root>' },
    {
      schema: list({ wrapped: true, name: 'all' }, { ...text, xml: { name: 'pet' } }),
      value: { pets: ['a', 'b'] },
      element: '<root><all><pet>a</pet><pet>b</pet></all></root>',
    },
    {
      schema: list({ wrapped: true, name: 'all' }),
      value: { pets: ['a'] },
      element: '<root><all><all>a</all></all></root>',
    },
    { schema: { items: text }, value: ['a', 'b'], element: '<root><root>a</root><root>b</root></root>' },
    { schema: {}, value: { '1 a': '\u0000' }, element: '<root><_1_a/></root>' },
    {
      schema: { allOf: [{ properties: { a: { xml: { name: 'b' } } } }] },
      value: { a: 1 },
      element: '<root><b>1</b></root>',
    },
  ])('$element', ({ schema, value, element }) => {
    expect(xml(value, schema)).toBe(element);
  });

  it('is named after the component', () => {
    const Pet = {
      properties: { next: { $ref: '#/components/schemas/Pet' }, id: { xml: { attribute: true } } },
    };
    expect(xml({ id: 1, next: { id: 2 } }, { $ref: '#/components/schemas/Pet' }, { Pet })).toBe(
      '<Pet id="1"><next id="2"/></Pet>',
    );
  });
});
