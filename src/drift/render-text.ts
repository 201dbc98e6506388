import { withoutControls } from '../text/printable.ts';
import { counted } from '../text/shown.ts';
import { type DriftFinding, MEMBERS, NOTHING, VERDICTS } from './finding.ts';
import { comparedOf, type DriftReport, failuresOf } from './report.ts';

/**
 * The report for people, without control characters: that the key is refused, findings by operation, what could not be
 * compared, and a sum.
 */
export function renderText(report: DriftReport): string {
  const { operations, findings } = report;
  const blocks = operations.flatMap(({ id, method, path, status, reason }) => {
    const own = findings.filter(({ operation }) => operation === id);
    if (own.length === 0 && reason === null) return [];
    const lines = [
      ...own.map(findingLine),
      ...(reason === null ? [] : [`  ${status === null ? '' : 'success '}could not be compared: ${reason}`]),
    ];
    return [`${id} (${method} ${path})`, ...lines, ''];
  });
  // Line by line, as a name that live sends may have a line break.
  return [...refusalOf(report), ...blocks, summaryOf(report)].map(withoutControls).join('\n');
}

/** The report in a line, or in two where the key is refused. Without control characters. */
export function renderSummary(report: DriftReport): string {
  return [...refusalOf(report), summaryOf(report)].map(withoutControls).join('\n');
}

/** Such as `The key is refused by 2 of 3 operations (401, 403).`, so that no finding hides it; nothing where it is not. */
function refusalOf({ operations }: DriftReport): readonly string[] {
  const refusing = operations.filter(({ refusesKey }) => refusesKey);
  if (refusing.length === 0) return [];
  const statuses = [...new Set(refusing.map(({ status }) => status))].join(', ');
  return [
    `The key is refused by ${refusing.length} of ${counted(operations.length, 'operation')} (${statuses}).`,
  ];
}

/** Such as `2 of 3 operations compared with https://eu.posthog.com: 1 finding, 2 notes, 1 could not be compared.` */
export function summaryOf(report: DriftReport): string {
  const { operations, findings, target } = report;
  const failures = failuresOf(report).length;
  const notes = findings.length - failures;
  const compared = comparedOf(report).length;
  const missed = operations.length - compared;
  const parts = [
    ...(failures > 0 ? [counted(failures, 'finding')] : compared > 0 ? ['no drift'] : []),
    ...(notes > 0 ? [counted(notes, 'note')] : []),
    ...(missed > 0 ? [`${missed} could not be compared`] : []),
  ];
  const total = counted(operations.length, 'operation');
  return `${compared} of ${total} compared with ${target}: ${parts.join(', ')}.`;
}

function findingLine(finding: DriftFinding): string {
  return `  ${finding.level}: ${sentenceOf(finding)}`;
}

/** A finding in words, such as `live breaks the contract: 200 header Allow: expected a header, but it is missing`. */
export function sentenceOf({ verdict, status, expected, found, ...place }: DriftFinding): string {
  const missing = expected.startsWith(MEMBERS) ? 'but they are missing' : 'but it is missing';
  const end = found === NOTHING ? missing : `found ${found}`;
  return `${VERDICTS[verdict]}: ${status} ${placeInWords(place)}: expected ${expected}, ${end}`;
}

/** What a finding is about, such as `header Allow`. */
export function placeInWords({
  in: place,
  name,
  pointer,
}: Pick<DriftFinding, 'in' | 'name' | 'pointer'>): string {
  if (place === 'header') return `header ${name}`;
  return place === 'status' ? 'status' : `body${pointer === '' ? '' : ` ${pointer}`}`;
}
