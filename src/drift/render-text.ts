import { counted } from '../text/shown.ts';
import { type DriftFinding, VERDICTS } from './finding.ts';
import { comparedOf, type DriftReport, failuresOf } from './report.ts';

/** The report for people: findings by operation, what could not be compared, and a sum. */
export function renderText(report: DriftReport): string {
  const { operations, findings } = report;
  const blocks = operations.flatMap(({ id, method, path, status, reason }) => {
    const own = findings.filter(({ operation }) => operation === id);
    if (own.length === 0 && reason === null) return [];
    const lines = [
      ...own.map(findingLine),
      ...(reason === null ? [] : [`  could not compare${status === null ? '' : ' success'}: ${reason}`]),
    ];
    return [`${id} (${method} ${path})`, ...lines, ''];
  });
  return [...blocks, summaryOf(report)].join('\n');
}

/** Such as `2 of 3 operations compared with https://eu.posthog.com: 1 finding, 2 notes.` */
export function summaryOf(report: DriftReport): string {
  const { operations, findings, target } = report;
  const failures = failuresOf(report).length;
  const notes = findings.length - failures;
  const compared = comparedOf(report).length;
  const none = compared === 0 ? 'nothing could be told' : 'no drift';
  const found = failures === 0 ? none : counted(failures, 'finding');
  const total = counted(operations.length, 'operation');
  return `${compared} of ${total} compared with ${target}: ${found}${notes === 0 ? '' : `, ${counted(notes, 'note')}`}.`;
}

function findingLine({ verdict, level, status, expected, found, ...place }: DriftFinding): string {
  return `  ${level}: ${VERDICTS[verdict]}: ${status} ${placeInWords(place)}: expected ${expected}, found ${found}`;
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
