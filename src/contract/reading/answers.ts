import type { DocumentedAnswer } from '../contract.ts';
import { type AnswerHead, documentedAnswer, type MadeBody } from '../documented-answer.ts';
import { isJson } from '../media-type.ts';
import type { Example } from './examples.ts';
import type { Reading } from './reading.ts';

/** What an answer may be made from. */
export interface AnswerSource {
  /** The best first. */
  readonly examples: readonly Example[];
  /** JSON pointer of the schema; `undefined` where there is none. */
  readonly schema: string | undefined;
  /** The media type as the document has it. */
  readonly mediaType: string;
}

/** The first example that is valid, else a body made from the schema, else an example that breaks it. */
export function answerFrom(reading: Reading, head: AnswerHead, source: AnswerSource): DocumentedAnswer {
  return documentedAnswer(head, () => makeBody(reading, head, source));
}

function makeBody(
  reading: Reading,
  head: AnswerHead,
  { examples, schema, mediaType }: AnswerSource,
): MadeBody {
  const write = (value: unknown) => serialize(value, head.contentType);
  const checked = examples.map((example) => ({ example, violations: reading.violationsOf(example) }));
  const valid = checked.find(({ violations }) => violations.length === 0);
  const [first] = checked;
  const passed = first && first !== valid ? passedOver(first.example) : undefined;
  if (valid) return { body: write(valid.example.value), source: 'example', violations: [], hint: passed };
  const made = schema === undefined ? undefined : reading.makeBody(schema, mediaType);
  if (made !== undefined) return { body: made, source: 'schema', violations: [], hint: passed };
  return {
    body: first ? write(first.example.value) : '',
    source: 'example',
    violations: first?.violations ?? [],
  };
}

function passedOver({ pointer }: Example): string {
  return `The example at ${pointer} breaks its schema, so this body is another one.`;
}

function serialize(value: unknown, contentType: string): string {
  return typeof value === 'string' && !isJson(contentType) ? value : JSON.stringify(value ?? null);
}
