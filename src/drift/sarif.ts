import { type DriftFinding, VERDICTS } from './finding.ts';
import type { LineOf } from './lines.ts';
import { placeInWords, sentenceOf } from './render-text.ts';
import { type DriftReport, exitCodeOf } from './report.ts';

/** What a log needs beside the report. */
export interface SarifContext {
  /** Of this package. */
  readonly toolVersion: string;
  /** The contract as a URI, relative to where the command runs where it is below. */
  readonly contractUri: string;
  readonly lineOf: LineOf;
}

/**
 * The report as a SARIF 2.1.0 log, which shows findings at their lines of the contract. What could not be compared is a
 * notification of the tool, as SARIF has it.
 */
export function toSarif(report: DriftReport, { toolVersion, contractUri, lineOf }: SarifContext): object {
  const exitCode = exitCodeOf(report);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'posthog-experiments-mock drift',
            semanticVersion: toolVersion,
            rules: Object.entries(VERDICTS).map(([id, text]) => ({
              id,
              shortDescription: { text: `${text}.` },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: exitCode !== 2,
            exitCode,
            toolExecutionNotifications: report.operations.flatMap(({ id, reason }) =>
              reason === null
                ? []
                : [{ level: 'warning', message: { text: `${id} could not be compared: ${reason}` } }],
            ),
          },
        ],
        properties: { target: report.target },
        results: report.findings.map((finding) => toResult(finding, contractUri, lineOf)),
      },
    ],
  };
}

function toResult(finding: DriftFinding, uri: string, lineOf: LineOf): object {
  const { verdict, level, operation, status, contract, ...place } = finding;
  const where = placeInWords(place);
  return {
    ruleId: verdict,
    level,
    message: {
      text: `${operation}: ${sentenceOf(finding)}.`,
    },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri }, region: { startLine: lineOf(contract) } },
        logicalLocations: [{ fullyQualifiedName: contract }],
      },
    ],
    // The same finding in another run, wherever its lines have moved to.
    partialFingerprints: { 'drift/v1': [operation, verdict, status, where, finding.expected].join(' ') },
  };
}
