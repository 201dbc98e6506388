import { OK, type Operation } from '../../contract/contract.ts';
import { OF_ANY_OPERATION } from '../../contract/described.ts';
import type { Answer } from '../../contract/message.ts';
import type { Outcome } from '../../provider/provider.ts';
import { counted } from '../../text/shown.ts';
import { problem } from '../problem.ts';
import type { RequestVerdict } from './finding.ts';

/**
 * Whether a request was answered before an API would look at its parameters and its body. So was one that has a scenario
 * forced, whatever it sends.
 */
export function isRefusedEarlier({ answer, scenario }: Outcome): boolean {
  return scenario !== OK || typeof answer === 'string' || OF_ANY_OPERATION.has(answer.status);
}

/** The problem that a request gets in place of its answer. */
export function refuseRequest({ id }: Operation, { findings, count, hint }: RequestVerdict): Answer {
  const all = count > findings.length ? `; "errors" has the first ${findings.length}` : '';
  const detail = `The request breaks what the contract has for ${id} in ${counted(count, 'place')}${all}.`;
  const off = "With requests: 'warn' (--requests warn), the default, it is answered all the same.";
  return { ...problem('REQUEST_INVALID', detail, findings), hint: `${detail} ${hint ?? ''} ${off}` };
}
