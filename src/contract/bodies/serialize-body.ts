import { isObject } from '../../json.ts';
import { essenceOf } from '../media-type.ts';
import { type SchemaPlace, toXml } from './xml.ts';

/** A body with its type, which has the boundary of a multipart body. */
export interface SerializedBody {
  readonly contentType: string;
  readonly body: string;
}

const BOUNDARY = 'mock-boundary';

/**
 * Writes a value in a media type: as JSON, XML with the `xml` objects of the schema, a form, CSV, events or lines. Texts
 * are sent as they are. For types of bytes it is a text, which is a real file where one exists that is ASCII (GIF, PDF,
 * ZIP), and JSON for what else is not known.
 *
 * @param mediaType a type, not a range; parameters are kept.
 */
export function serializeBody(value: unknown, mediaType: string, schema: SchemaPlace): SerializedBody {
  const type = essenceOf(mediaType);
  if (type.startsWith('multipart/')) {
    const [, given] = /boundary="?([\w'()+,./:=?-]{1,70})/i.exec(mediaType) ?? [];
    const contentType = given === undefined ? `${mediaType}; boundary=${BOUNDARY}` : mediaType;
    return { contentType, body: toMultipart(value, given ?? BOUNDARY) };
  }
  return { contentType: mediaType, body: write(value, type, schema) };
}

function write(value: unknown, type: string, schema: SchemaPlace): string {
  if (/[/+]json$/.test(type)) return JSON.stringify(value);
  const file = FILES[type];
  if (file !== undefined) return file;
  // A schema of a text describes the whole body, whatever it is written in.
  if (typeof value === 'string' && !/[/+]xml$/.test(type))
    return type === 'text/event-stream' ? toEvents(value) : value;
  if (/[/+]xml$/.test(type))
    return typeof value === 'string' && value.startsWith('<') ? value : toXml(value, schema);
  switch (type) {
    case 'application/x-www-form-urlencoded':
      return toForm(value);
    case 'text/csv':
      return toCsv(value);
    case 'text/event-stream':
      return toList(value).map(toEvent).join('');
    case 'application/json-seq':
      return toList(value)
        .map((item) => `\u001e${JSON.stringify(item)}\n`)
        .join('');
    case 'application/jsonl':
    case 'application/json-lines':
    case 'application/ndjson':
    case 'application/x-jsonlines':
    case 'application/x-ndjson':
      return toList(value)
        .map((item) => `${JSON.stringify(item)}\n`)
        .join('');
    default:
      return toText(value);
  }
}

/** The smallest files of types of bytes that are ASCII throughout, as bodies are texts. */
const FILES: Readonly<Record<string, string>> = {
  'image/gif': 'GIF89a\u0001\0\u0001\0\0\0\0,\0\0\0\0\u0001\0\u0001\0\0\u0002\u0002D\u0001\0;',
  'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
  'application/pdf':
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 3 3]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  'application/zip': `PK\u0005\u0006${'\0'.repeat(18)}`,
};

/** JSON is YAML, too. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function fieldsOf(value: unknown): readonly (readonly [name: string, text: string])[] {
  const entries = isObject(value) ? Object.entries(value) : [['value', value] as const];
  return entries.flatMap(([name, member]) =>
    toList(member).map((item) => [name, item === null ? '' : toText(item)] as const),
  );
}

function toForm(value: unknown): string {
  return new URLSearchParams(fieldsOf(value).map(([name, text]) => [name, text])).toString();
}

function toMultipart(value: unknown, boundary: string): string {
  const parts = fieldsOf(value).map(([name, text]) => {
    const escaped = name.replaceAll('"', '%22').replaceAll(/[\r\n]/g, ' ');
    return `--${boundary}\r\nContent-Disposition: form-data; name="${escaped}"\r\n\r\n${text}\r\n`;
  });
  return `${parts.join('')}--${boundary}--\r\n`;
}

/** Rows of objects have a head with the names of all; other items are a row each. */
function toCsv(value: unknown): string {
  const rows = toList(value);
  const names = [...new Set(rows.flatMap((row) => (isObject(row) ? Object.keys(row) : [])))];
  const head = names.length > 0 ? [names] : [];
  const cells = rows.map((row) => (isObject(row) ? names.map((name) => row[name] ?? '') : toList(row)));
  return [...head, ...cells].map((row) => `${row.map(toCell).join(',')}\r\n`).join('');
}

function toCell(value: unknown): string {
  const text = value === null ? '' : toText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const EVENT_FIELDS: ReadonlySet<string> = new Set(['id', 'event', 'retry', 'data']);

/** A text with fields is events already. */
function toEvents(text: string): string {
  return text === '' || /^(?:data|event|id|retry)?:/m.test(text) ? text : toEvent(text);
}

/** An object with the fields of an event is one; any other value is the data of one. */
function toEvent(value: unknown): string {
  const isEvent =
    isObject(value) && 'data' in value && Object.keys(value).every((name) => EVENT_FIELDS.has(name));
  const fields = isEvent ? Object.entries(value) : [['data', value] as const];
  const lines = fields.flatMap(([name, field]) =>
    toText(field)
      .split(/\r\n|\r|\n/)
      .map((line) => `${name}: ${line}\n`),
  );
  return `${lines.join('')}\n`;
}
