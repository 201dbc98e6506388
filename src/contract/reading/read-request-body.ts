import type { JsonObject } from '../../json.ts';
import type { RequestBody } from '../contract.ts';
import { schemaPointer } from './read-examples.ts';
import type { Located, Reading } from './reading.ts';

/** Reads what an operation takes as a body; `null` where it describes none. */
export function readRequestBody(reading: Reading, operation: Located<JsonObject>): RequestBody | null {
  const body = reading.object(operation, 'requestBody');
  if (!body) return null;
  const content = reading.objects(reading.object(body, 'content'));
  return Object.freeze({
    required: body.value.required === true,
    schemas: new Map(content.map(([mediaType, media]) => [mediaType, schemaPointer(reading, media)])),
  });
}
