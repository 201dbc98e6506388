import type { JsonObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { shown } from '../../text/shown.ts';
import type { DocumentedAnswer } from '../contract.ts';
import { emptyAnswer, malformedAnswer } from '../documented-answer.ts';
import type { FoundScenario, ScenarioPlace } from './name-scenarios.ts';
import type { Located, Reading } from './reading.ts';

const REPLIES = ['empty', 'network-error', 'timeout', 'malformed'] as const;
type ExtensionReply = (typeof REPLIES)[number];

/** Reads `x-scenarios` of a response or an operation: scenarios that no example can express. */
export function readExtension(
  reading: Reading,
  owner: Located<JsonObject>,
  base: () => DocumentedAnswer,
  status: number,
  of: string | null = null,
): readonly FoundScenario[] {
  const extension = reading.object(owner, 'x-scenarios');
  return reading.objects(extension).flatMap(([name, scenario]) => {
    const found = readScenario(reading, scenario);
    if (!found) return [];
    const { reply, ...label } = found;
    const place = { ...label, name, pointer: scenario.pointer, of, isStatus: false };
    return [toScenario(place, reply, status, base)];
  });
}

function readScenario(reading: Reading, scenario: Located<JsonObject>) {
  const { reply } = scenario.value;
  if (isExtensionReply(reply)) {
    return {
      reply,
      summary: reading.text(scenario, 'summary'),
      synthetic: scenario.value.synthetic === true,
    };
  }
  const found = reply === undefined ? 'nothing' : shown(reply);
  const detail = `expected one of ${REPLIES.join(', ')}; found ${found}.`;
  reading.report('scenario', pointerTo(scenario.pointer, 'reply'), detail);
  return undefined;
}

function toScenario(
  place: ScenarioPlace,
  reply: ExtensionReply,
  status: number,
  base: () => DocumentedAnswer,
): FoundScenario {
  switch (reply) {
    case 'network-error':
    case 'timeout':
      return { ...place, reply, status: null };
    case 'empty':
      return { ...place, reply, status, answers: () => [emptyAnswer({ status, headers: base().headers })] };
    case 'malformed':
      return { ...place, reply, status, answers: () => [malformedAnswer(base())] };
  }
}

function isExtensionReply(reply: unknown): reply is ExtensionReply {
  return REPLIES.some((known) => known === reply);
}
