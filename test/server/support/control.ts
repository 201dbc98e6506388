import { expect } from 'vitest';
import type { ServerOptions } from '../../../src/server/server.ts';
import { createDocumentCheck, type DocumentCheck, type Operation } from './document.ts';
import { CONTROL, serve } from './server.ts';

/** An answer of the control plane, checked against its document. */
export interface ControlAnswer<T> {
  readonly status: number;
  readonly headers: Headers;
  /** `undefined` without a body. */
  readonly json: T;
}

export interface ControlRequest {
  /** Sent as JSON unless it is text. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client that checks every answer of a control plane against the document it serves. */
export interface Control {
  readonly document: DocumentCheck;
  <T = unknown>(method: string, path: string, request?: ControlRequest): Promise<ControlAnswer<T>>;
  /** Opens the event stream; the caller reads its body. */
  events(signal?: AbortSignal): Promise<Response>;
}

/**
 * @param baseUrl the base URL of a server or of a session.
 * @param exercised called with the operation and the status of every answer.
 */
export async function openControl(
  baseUrl: string,
  exercised: (operation: Operation, status: number) => void = () => {},
): Promise<Control> {
  const root = baseUrl + CONTROL;
  const document = documentCheckOf(await (await fetch(`${root}/openapi.json`)).text());
  const checked = (method: string, path: string, response: Response, body?: string): void => {
    const operation = document.operationOf(method, path);
    document.check(operation, response, body);
    if (operation) exercised(operation, response.status);
  };
  const ask = async <T>(method: string, path: string, { body, headers = {} }: ControlRequest = {}) => {
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const type = sent === undefined ? {} : { 'content-type': 'application/json' };
    const init = { method, headers: { ...type, ...headers }, ...(sent !== undefined && { body: sent }) };
    const response = await fetch(root + path, init);
    const text = await response.text();
    checked(method, path, response, method === 'HEAD' ? undefined : text);
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    const json: T = isJson && text !== '' ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, json };
  };
  const events = async (signal?: AbortSignal) => {
    const response = await fetch(`${root}/events`, signal ? { signal } : {});
    checked('GET', '/events', response);
    return response;
  };
  return Object.assign(ask, { document, events });
}

const documentChecks = new Map<string, DocumentCheck>();

/** Compiled once: compiling takes longer than all checks, and every server serves the same schemas. */
function documentCheckOf(text: string): DocumentCheck {
  const check = documentChecks.get(text) ?? createDocumentCheck(JSON.parse(text));
  documentChecks.set(text, check);
  return check;
}

export interface Session {
  readonly id: string;
  readonly baseUrl: string;
  readonly expiresAt: string;
}

/** A served mock, a client of its control plane, and a function that opens sessions on it. */
export async function openForSessions(options: ServerOptions = {}) {
  const { url, mock } = await serve(options);
  const control = await openControl(url);
  const openSession = async (body: object = {}): Promise<Session> =>
    (await control<Session>('POST', '/sessions', { body })).json;
  return { url, mock, control, openSession };
}

/** Expectations of a mock's problem beyond its schema. */
export function problem(code: string, detail: string | RegExp) {
  return {
    code,
    type: `urn:posthog-experiments-mock:${code.toLowerCase().replaceAll('_', '-')}`,
    detail: typeof detail === 'string' ? expect.stringContaining(detail) : expect.stringMatching(detail),
  };
}
