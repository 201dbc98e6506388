import { isObject } from '../../src/json.ts';
import type { OpenApiDocument } from './document.ts';
import type { Judge } from './judge.ts';
import { bare, isJson } from './media-types.ts';
import type { Operation } from './operations.ts';
import { writeForm } from './parameters.ts';
import { makeValue } from './values.ts';

/** The body of a request. */
export interface MadeBody {
  readonly contentType: string;
  readonly text: string;
  /** What ajv has against it. */
  readonly problem: string | null;
}

const BOUNDARY = 'boundary';

/** A required body: JSON where the operation takes it, else the first media type that it has. */
export function makeBody(
  document: OpenApiDocument,
  judge: Judge,
  { requestBody }: Operation,
): MadeBody | undefined {
  if (!isObject(requestBody?.node) || requestBody.node.required !== true) return undefined;
  const content = Object.entries(isObject(requestBody.node.content) ? requestBody.node.content : {});
  const [contentType, media] = content.find(([name]) => isJson(name)) ?? content[0] ?? [];
  if (contentType === undefined) return undefined;
  const { node, file } = document.follow(media, requestBody.file);
  const { value, problem } = makeValue(document, judge, isObject(node) ? node : {}, file);
  // A text that is no JSON stands for bytes, about which a schema says nothing.
  const judged = isJson(contentType) || isObject(value) ? problem : null;
  return {
    ...writeBody(contentType.includes('*') ? 'application/json' : contentType, value),
    problem: judged,
  };
}

function writeBody(contentType: string, value: unknown): Omit<MadeBody, 'problem'> {
  const type = bare(contentType);
  if (type === 'application/x-www-form-urlencoded') return { contentType, text: writeForm(value) };
  if (type.startsWith('multipart/')) {
    const parts = Object.entries(isObject(value) ? value : {}).map(([name, member]) => {
      const text = typeof member === 'string' ? member : JSON.stringify(member);
      return `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
    });
    return { contentType: `${type}; boundary=${BOUNDARY}`, text: `${parts.join('')}--${BOUNDARY}--\r\n` };
  }
  const isPlain = typeof value === 'string' && !isJson(contentType);
  return { contentType, text: isPlain ? value : JSON.stringify(value) };
}
