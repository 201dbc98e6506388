import { createMock } from '../../src/index.ts';
import { messageOf } from '../../src/text/message-of.ts';
import { readDocument } from './document.ts';
import { type Answer, createJudge, type Verdict } from './judge.ts';
import { knownFor } from './known.ts';
import { operationsOf } from './operations.ts';
import { type DocumentedRequest, makeRequest } from './request.ts';

/** The verdict about each operation of a document, asked through `mock.fetch`. */
export async function verdictsOf(file: string): Promise<ReadonlyMap<string, Verdict>> {
  const document = readDocument(file);
  const judge = createJudge(document);
  const known = knownFor(document);
  const mock = createMock({ contract: file });
  const verdicts = new Map<string, Verdict>();
  for (const operation of operationsOf(document)) {
    // Fetch does not send it.
    if (operation.method === 'TRACE') continue;
    const answer = await ask(mock, operation.basePath, makeRequest(document, judge, operation, known));
    verdicts.set(operation.name, judge.judge(operation, answer));
  }
  return verdicts;
}

async function ask(
  mock: Pick<ReturnType<typeof createMock>, 'fetch'>,
  basePath: string,
  { method, target, headers, body }: DocumentedRequest,
): Promise<Answer> {
  // Nor does it send these with a body.
  const sent = method === 'GET' || method === 'HEAD' ? null : (body ?? null);
  const url = `http://localhost${basePath}${target}`;
  let request: Request;
  try {
    request = new Request(url, { method, headers, body: sent });
  } catch (cause) {
    // Such as one with a header whose name has a space.
    return { failure: `the request cannot be sent: ${messageOf(cause)}` };
  }
  const response = await mock.fetch(request);
  const contentType = response.headers.get('content-type') ?? undefined;
  return { status: response.status, contentType, body: await response.text() };
}
