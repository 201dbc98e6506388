import { OK } from '../contract/contract.ts';
import type { Route } from '../contract/router.ts';
import type { Outcome, Provider } from '../provider/provider.ts';
import type { Secrets } from '../text/secrets.ts';
import { type AnswerCheck, violationSentences } from './answer-check.ts';
import { type Checks, withViolations } from './checks.ts';
import { problem } from './problem.ts';
import { withheldAnswer } from './withheld.ts';

/** How a mock checks answers. */
export interface AnswerChecks {
  /** `null`: answers are not checked. */
  readonly check: AnswerCheck | null;
  /** Whether an answer that breaks the contract is sent. */
  readonly sendsViolations: boolean;
  readonly provider: Pick<Provider, 'headers'>;
}

/** An answer that may be sent, and how the one that was given breaks the contract. */
export interface CheckedAnswer {
  readonly answer: Outcome['answer'];
  readonly checks: Checks;
}

/**
 * Checks an answer; by the options, a problem takes its place. A broken connection, or a method that the path lacks, has
 * nothing to check.
 */
export function checkAnswer(
  { check, sendsViolations, provider }: AnswerChecks,
  { operation, hasMethod }: Route,
  { answer, scenario }: Outcome,
  checks: Checks,
  secrets: Secrets,
): CheckedAnswer {
  if (!check || typeof answer === 'string' || !hasMethod) return { answer, checks };
  const apiHeaders = provider.headers(operation, answer.status);
  const violations = check({ operation, answer, apiHeaders, isForced: scenario !== OK });
  if (violations.length === 0) return { answer, checks };
  const broken = withViolations(checks, violations, secrets);
  if (sendsViolations) return { answer, checks: broken };
  const detail = `The answer of ${operation.id} with status ${answer.status} breaks what the contract has for it.`;
  const places = violationSentences(violations);
  return {
    answer: {
      ...problem('MOCK_RESPONSE_INVALID', detail, violations),
      hint: `${detail} ${places} Mend the rows or the contract; with validate: 'off' (--validate off) it is sent as it is.`,
    },
    checks: { ...broken, withheld: withheldAnswer(answer, secrets) },
  };
}
