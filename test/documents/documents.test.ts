import { describe, expect, it } from 'vitest';
import { CONTRADICTIONS } from './contradictions.ts';
import { installedDocuments } from './corpus.ts';
import { readDocument } from './document.ts';
import { verdictsOf } from './in-process.ts';
import { operationsOf } from './operations.ts';

const DOCUMENTS = installedDocuments().filter(({ file }) => operationsOf(readDocument(file)).length > 0);

describe('every operation of a real document gets an answer that ajv finds valid', () => {
  it.each(DOCUMENTS)('$name', async ({ name, file }) => {
    const known = CONTRADICTIONS[name] ?? {};
    const verdicts = await verdictsOf(file);
    const broken = [...verdicts].flatMap(([operation, verdict]) =>
      verdict === null || operation in known ? [] : [`${operation}: ${verdict.kind}: ${verdict.detail}`],
    );
    expect(broken).toEqual([]);
    // What is answered validly by now, or is not there any more.
    expect(Object.keys(known).filter((operation) => !verdicts.get(operation))).toEqual([]);
  });
});
