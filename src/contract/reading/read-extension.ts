import type { JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { shown } from '../../text/shown.ts';
import type { DocumentedAnswer, Scenario } from '../contract.ts';
import { emptyAnswer, exampleAnswer } from '../documented-answer.ts';
import type { Located, Reading } from './reading.ts';

/** A scenario and where in the document it is. */
export type FoundScenario = Scenario & {
  readonly pointer: string;
  /** The status that it belongs to, as the document writes it; `null`: to the operation. */
  readonly of: string | null;
  /** Whether it stands for a whole status. */
  readonly isStatus: boolean;
};

const REPLIES = ['empty', 'network-error', 'timeout', 'malformed'] as const;
type ExtensionReply = (typeof REPLIES)[number];

/** Reads `x-scenarios` of a response or an operation: scenarios that no example can express. */
export function readExtension(
  reading: Reading,
  owner: Located<JsonObject>,
  base: DocumentedAnswer,
  of: string | null = null,
): readonly FoundScenario[] {
  const extension = reading.object(owner, 'x-scenarios');
  return reading.objects(extension).flatMap(([name, scenario]) => {
    const found = readScenario(reading, name, scenario, base, of);
    return found ? [found] : [];
  });
}

function readScenario(
  reading: Reading,
  name: string,
  scenario: Located<JsonObject>,
  base: DocumentedAnswer,
  of: string | null,
): FoundScenario | undefined {
  const { reply } = scenario.value;
  if (!isExtensionReply(reply)) {
    const found = reply === undefined ? 'nothing' : shown(reply);
    reading.report(
      'scenario',
      pointerTo(scenario.pointer, 'reply'),
      `expected one of ${REPLIES.join(', ')}; found ${found}.`,
    );
    return undefined;
  }
  const label = {
    name,
    summary: reading.text(scenario, 'summary'),
    synthetic: scenario.value.synthetic === true,
    pointer: scenario.pointer,
    of,
    isStatus: false,
  };
  const { status, headers } = base;
  const head = { status, headers, contentType: base.contentType ?? 'application/json' };
  switch (reply) {
    case 'network-error':
    case 'timeout':
      return { ...label, reply, status: null };
    case 'empty':
      return { ...label, reply, status, answers: [emptyAnswer(base)] };
    case 'malformed':
      return { ...label, reply, status, answers: [exampleAnswer(head, () => truncate(base.body))] };
  }
}

function isExtensionReply(reply: unknown): reply is ExtensionReply {
  return REPLIES.some((known) => known === reply);
}

/** The first half of a body, so that no JSON parser accepts it. */
export function truncate(body: string | null): string {
  const start = body?.slice(0, Math.ceil(body.length / 2)) ?? '';
  // Half of a number is a number.
  return /^[\d.-]*$/.test(start) ? '{' : start;
}
