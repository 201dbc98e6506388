import { request as sendRequest } from 'node:http';
import type { Answer } from './judge.ts';
import type { DocumentedRequest } from './request.ts';

const TIMEOUT_MS = 20_000;

/** Sends a request as it stands: `fetch` would refuse some methods, and mend some paths. */
export function ask(origin: string, basePath: string, request: DocumentedRequest): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const { method, target, headers, body } = request;
  return new Promise((resolve) => {
    const fail = (cause: Error) => resolve({ failure: cause.message });
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = { agent: false, hostname, port, method, timeout: TIMEOUT_MS };
    const sent = sendRequest({ ...options, path: basePath + target, headers: { ...headers, ...length } });
    sent.on('timeout', () => sent.destroy(new Error(`no answer in ${TIMEOUT_MS} ms`)));
    sent.on('error', fail);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', fail);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'],
          body: text,
        });
      });
    });
    sent.end(body);
  });
}
