import { isObject, type JsonObject } from '../../json.ts';
import { localPointer, tokensOf, valueAt } from '../../json-pointer.ts';

/** Where the schema of a value is. */
export interface SchemaPlace {
  readonly document: object;
  /** JSON pointer into the document. */
  readonly pointer: string;
}

/** A value as XML, with the names, attributes, prefixes and wrapped arrays that the `xml` objects of its schema ask for. */
export function toXml(value: unknown, place: SchemaPlace): string {
  const schema = readParts(valueAt(place.document, place.pointer), place);
  // XML has one root, also where the value is a list.
  const parts = Array.isArray(value) ? [{ xml: { ...xmlOf(schema), wrapped: true } }, ...schema] : schema;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(nameOf(place) ?? 'root', value, parts, place)}`;
}

/** A schema and those that it refers to or is composed of, the nearest first. */
type Parts = readonly JsonObject[];

const COMPOSITIONS = ['allOf', 'oneOf', 'anyOf'] as const;

function readParts(schema: unknown, place: SchemaPlace): Parts {
  const parts = new Set([schema]);
  for (const part of parts) {
    if (!isObject(part)) continue;
    const target = targetOf(part);
    if (target !== undefined) parts.add(valueAt(place.document, target));
    for (const key of COMPOSITIONS) {
      const branches = part[key];
      if (Array.isArray(branches)) for (const branch of branches) parts.add(branch);
    }
  }
  return [...parts].filter(isObject);
}

function targetOf({ $ref }: JsonObject): string | undefined {
  return typeof $ref === 'string' ? localPointer($ref) : undefined;
}

/** The name of the schema in `components`, such as `Pet`. */
function nameOf(place: SchemaPlace): string | undefined {
  const schema = valueAt(place.document, place.pointer);
  const pointer = (isObject(schema) ? targetOf(schema) : undefined) ?? place.pointer;
  const [parent, kind, name] = tokensOf(pointer);
  return parent === 'components' && kind === 'schemas' ? name : undefined;
}

function xmlOf(parts: Parts): JsonObject {
  return parts.map(({ xml }) => xml).find(isObject) ?? {};
}

function partsOfProperty(parts: Parts, name: string, place: SchemaPlace): Parts {
  for (const { properties } of parts)
    if (isObject(properties) && Object.hasOwn(properties, name)) return readParts(properties[name], place);
  const others = parts.map(({ additionalProperties }) => additionalProperties).find(isObject);
  return readParts(others, place);
}

/** @param name of the property, or of the schema at the root, for a schema without a name of its own. */
function element(name: string, value: unknown, parts: Parts, place: SchemaPlace): string {
  const xml = xmlOf(parts);
  if (!Array.isArray(value)) return tag(tagName(name, xml), value, xml, parts, place);
  const items = readParts(parts.map((part) => part.items).find(isObject), place);
  const isWrapped = xml.wrapped === true || xml.nodeType === 'element';
  const itemName = isWrapped && typeof xml.name === 'string' ? xml.name : name;
  const children = value.map((item) => element(itemName, item, items, place)).join('');
  if (!isWrapped) return children;
  const own = tagName(name, xml);
  return `<${own}${namespaceOf(xml)}>${children}</${own}>`;
}

function tag(name: string, value: unknown, xml: JsonObject, parts: Parts, place: SchemaPlace): string {
  const attributes: string[] = [];
  let content = '';
  for (const [key, member] of Object.entries(isObject(value) ? value : {})) {
    const memberParts = partsOfProperty(parts, key, place);
    const form = xmlOf(memberParts);
    if (isAttribute(form)) attributes.push(` ${tagName(key, form)}="${escapeXml(member)}"`);
    else if (form.nodeType === 'text' || form.nodeType === 'cdata') content += escapeXml(member);
    else content += element(key, member, memberParts, place);
  }
  if (!isObject(value)) content = escapeXml(value);
  const start = `${name}${namespaceOf(xml)}${attributes.join('')}`;
  return content === '' ? `<${start}/>` : `<${start}>${content}</${name}>`;
}

function isAttribute({ attribute, nodeType }: JsonObject): boolean {
  return attribute === true || nodeType === 'attribute';
}

function tagName(name: string, { name: own, prefix }: JsonObject): string {
  const local = validName(typeof own === 'string' ? own : name);
  return typeof prefix === 'string' && prefix !== '' ? `${validName(prefix)}:${local}` : local;
}

/** Property names may have any characters; those of XML may not. */
function validName(name: string): string {
  const kept = name.replaceAll(/[^\p{L}\p{N}_.-]/gu, '_');
  return /^[\p{L}_]/u.test(kept) ? kept : `_${kept}`;
}

function namespaceOf({ namespace, prefix }: JsonObject): string {
  if (typeof namespace !== 'string') return '';
  const name = typeof prefix === 'string' && prefix !== '' ? `xmlns:${validName(prefix)}` : 'xmlns';
  return ` ${name}="${escapeXml(namespace)}"`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(value: unknown): string {
  if (value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // XML 1.0 has no place for other control characters, not even escaped.
  const allowed = text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
  return allowed.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
