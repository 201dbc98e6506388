import pc from 'picocolors';
import { OK } from '../contract/contract.ts';
import type { HttpRequest } from '../contract/message.ts';
import { MAX_BODY_LENGTH } from '../mock/journal/record.ts';
import { redactBody, redactHeaders, redactTarget } from '../mock/journal/redact.ts';
import type { Reply } from '../mock/reply.ts';
import { cut, linesWithoutControls, printableJson } from '../text/printable.ts';
import { withoutSecrets } from '../text/secrets.ts';
import { counted } from '../text/shown.ts';

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

type Severity = Exclude<LogLevel, 'silent'>;

/** Where lines are written; `process.stdout` and `process.stderr` outside of tests. */
export interface LogStreams {
  readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

export interface LogOptions {
  readonly level: LogLevel;
  /** Whether each line is a JSON object: `time`, `level`, `message` and the fields of the message. */
  readonly json: boolean;
}

/** Writes errors to standard error and everything else to standard output. Secrets of requests are redacted. */
export interface Log {
  write(severity: Severity, message: string, fields?: object): void;
  /** Writes where the mock can be reached: several lines of text, or one JSON line with fields. */
  ready(lines: readonly string[], fields: object): void;
  /** Writes a request and its reply, and the hint below. A hint is a warning, unless a scenario was asked for. */
  reply(request: HttpRequest, reply: Reply, milliseconds: number): void;
  /** Whether messages of this severity are written. */
  isOn(severity: Severity): boolean;
  /** Writes the lines that wait. */
  flush(): void;
}

export function createLog({ level, json }: LogOptions, streams: LogStreams): Log {
  const isOn = (severity: Severity) => LOG_LEVELS.indexOf(severity) <= LOG_LEVELS.indexOf(level);
  const render = json ? jsonLine : textLine;
  const streamOf = (severity: Severity) => (severity === 'error' ? streams.err : streams.out);
  const lineOf = (severity: Severity, message: string, fields: object) =>
    `${render(severity, message, fields, colours(streamOf(severity).isTTY === true))}\n`;
  /** Of replies. */
  let waiting = '';
  const flush = (): void => {
    if (waiting !== '') streams.out.write(waiting);
    waiting = '';
  };
  return {
    isOn,
    flush,
    write: (severity, message, fields = {}) => {
      if (!isOn(severity)) return;
      flush();
      const line = lineOf(severity, withoutSecretLines(message), withoutSecretTexts(fields));
      streamOf(severity).write(line);
    },
    ready: (lines, fields) => {
      if (!isOn('info')) return;
      flush();
      // Not redacted: the key in the curl command is one of the fixtures.
      const [message = ''] = lines;
      const time = new Date().toISOString();
      const text = json
        ? printableJson({ time, level: 'info', message, ...fields })
        : linesWithoutControls(lines.join('\n'));
      streams.out.write(`${text}\n`);
    },
    reply: (request, reply, milliseconds) => {
      const { hint, scenario } = reply.provenance;
      const isExpected = hint === null || (scenario !== null && scenario !== OK);
      const severity = isExpected && reply.checks.violations.length === 0 ? 'info' : 'warn';
      // Redacting costs more than the answer itself.
      if (!isOn(severity)) return;
      const summary = summarise(request, reply, milliseconds);
      const content = isOn('debug') ? contentOf(request, reply, json) : {};
      // What is answered in one turn of the event loop goes out together: each write is a system call.
      if (waiting === '') setImmediate(flush);
      waiting += lineOf(severity, sentence(summary), { ...summary, ...content });
    },
  };
}

/** Colours on a terminal only; there, `NO_COLOR` turns them off. */
function colours(isTerminal: boolean): Colours {
  return pc.createColors(isTerminal && pc.isColorSupported);
}

type Colours = ReturnType<typeof pc.createColors>;

type Renderer = (severity: Severity, message: string, fields: object, colours: Colours) => string;

const jsonLine: Renderer = (severity, message, fields) =>
  printableJson({ time: new Date().toISOString(), level: severity, message, ...fields });

const textLine: Renderer = (severity, message, fields, { red, yellow, green, dim }) => {
  const paint = (status: number | null | undefined) => {
    if (status === undefined) return String;
    if (status === null || status >= 500) return red;
    return status >= 400 ? yellow : green;
  };
  const text = linesWithoutControls(message);
  if (severity === 'error') return `${red('error:')} ${text}`;
  const { status, headers, hint } = fields as Partial<Summary> & { headers?: object };
  const lines = [paint(status)(text)];
  if (hint !== undefined) lines.push(dim(`  ${hint}`));
  if (headers !== undefined) lines.push(dim(`  ${linesWithoutControls(JSON.stringify(headers))}`));
  return lines.join('\n');
};

/** Line by line, as one that hides a secret in an encoding may go as a whole. */
function withoutSecretLines(text: string): string {
  return text.split('\n').map(withoutSecrets).join('\n');
}

function withoutSecretTexts(fields: object): object {
  const shown = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? withoutSecrets(value) : value,
  ]);
  return Object.fromEntries(shown);
}

interface Summary {
  readonly method: string;
  readonly url: string;
  /** `null`: no response. */
  readonly status: number | null;
  readonly operation?: string | undefined;
  readonly scenario?: string | undefined;
  readonly source?: string | undefined;
  readonly session?: string | undefined;
  readonly hint?: string | undefined;
  /** How many of the request; absent: none. */
  readonly findings?: number | undefined;
  /** How many of the answer; absent: none. */
  readonly violations?: number | undefined;
  readonly milliseconds: number;
}

/** Looks at nothing of a request but what it shows, and at no more of it. */
function summarise(request: HttpRequest, reply: Reply, milliseconds: number): Summary {
  const { redaction: secrets } = reply;
  const { method, path, query } = redactTarget(request, secrets);
  const { operation, scenario, source, session, hint } = reply.provenance;
  const { findings, violations } = reply.checks;
  return {
    method,
    url: query === '' ? path : `${path}?${query}`,
    status: reply.kind === 'response' ? reply.status : null,
    operation: operation ?? undefined,
    scenario: scenario ?? undefined,
    source: source ?? undefined,
    session: session === null ? undefined : secrets.hide(session),
    hint: hint === null ? undefined : secrets.hideKnown(hint),
    findings: findings.length || undefined,
    violations: violations.length || undefined,
    milliseconds: Math.round(milliseconds * 100) / 100,
  };
}

/** The body is in JSON lines only, and whole: of a part of it, nobody could tell what is secret. */
function contentOf({ headers, body }: HttpRequest, { redaction: secrets }: Reply, hasBody: boolean) {
  const shown = { headers: redactHeaders(headers, secrets) };
  if (!hasBody) return shown;
  const isLong = body !== null && body.length > MAX_BODY_LENGTH;
  return { ...shown, body: body === null || isLong ? null : redactBody(body, secrets) };
}

/** Of the path and query in a line of text, in characters; JSON lines have them whole. */
const MAX_TARGET_LENGTH = 400;

function sentence(summary: Summary): string {
  const { method, url, status, scenario, source, session, findings, violations, milliseconds } = summary;
  const provenance =
    scenario === undefined ? '' : ` ${scenario}${source === undefined ? '' : ` (${source})`}`;
  const of = session === undefined ? '' : ` session ${session}`;
  const found = findings === undefined ? '' : ` ${counted(findings, 'finding')}`;
  const broken = violations === undefined ? '' : ` ${counted(violations, 'violation')}`;
  return `${method} ${cut(url, MAX_TARGET_LENGTH)} → ${status ?? 'no response'}${provenance}${of}${found}${broken} ${milliseconds} ms`;
}
