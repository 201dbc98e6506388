import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { packagedPath } from '../../src/packaged.ts';
import { contractFile, live, run } from './support/live.ts';

/** The schema that OASIS has published, as a package carries it: of draft 4, of which it uses nothing but `id`. */
const SCHEMA = new URL(
  '../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
  import.meta.url,
);

function schemaErrors(log: unknown): unknown {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  const validate = ajv.compile(schema);
  validate(log);
  return validate.errors;
}

it('a SARIF report keeps the schema of SARIF 2.1.0, and leads to lines of the contract', async () => {
  const { url } = await live((request, response) => {
    if (request.url?.includes('requires_flag')) return request.socket.destroy();
    response.writeHead(200, { 'Content-Type': 'application/json', Allow: 'GET' });
    response.end('{"percent_change":"x"}');
  });
  const { code, out } = await run({ target: url, format: 'sarif' });
  const log = JSON.parse(out);
  expect(schemaErrors(log)).toBeNull();
  expect(code).toBe(1);
  const [{ invocations, results }] = log.runs;
  expect(invocations).toMatchObject([
    {
      executionSuccessful: true,
      exitCode: 1,
      toolExecutionNotifications: [
        { message: { text: expect.stringMatching(/could not be compared: no answer: the server closed/) } },
      ],
    },
  ]);
  const contract = readFileSync(packagedPath('openapi.yaml'), 'utf8').split('\n');
  const found = results.map(({ ruleId, level, message, locations: [{ physicalLocation }] }: Result) => [
    ruleId,
    level,
    message.text,
    contract[physicalLocation.region.startLine - 1]?.trim(),
    physicalLocation.artifactLocation.uri,
  ]);
  expect(found).toEqual([
    [
      'live-breaks-contract',
      'error',
      'experiments_stats_retrieve: live breaks the contract: 200 body: expected the members "launched_last_30d", "launched_previous_30d", "active_experiments", "completed_last_30d", but they are missing.',
      'schema:',
      'openapi.yaml',
    ],
    [
      'live-breaks-contract',
      'error',
      'experiments_stats_retrieve: live breaks the contract: 200 body /percent_change: expected number, found string.',
      'schema:',
      'openapi.yaml',
    ],
  ]);
});

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly region: { readonly startLine: number };
        readonly artifactLocation: { readonly uri: string };
      };
    },
  ];
}

it('findings at one place have fingerprints of their own, the same in another run', async () => {
  const { url } = await live((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', Allow: 'GET' });
    response.end('[]');
  });
  const contract = contractFile({
    openapi: '3.1.0',
    info: { title: 'Rules', version: '1' },
    paths: {
      '/rules': {
        get: {
          operationId: 'rules',
          responses: {
            200: {
              description: 'Two rules for one place.',
              content: { 'application/json': { schema: { minItems: 1, allOf: [{ type: 'object' }] } } },
            },
          },
        },
      },
    },
  });
  const prints = async () => {
    const { out } = await run({ target: url, contract, format: 'sarif' });
    return JSON.parse(out).runs[0].results.map(
      ({ partialFingerprints }: { partialFingerprints: Record<string, string> }) =>
        partialFingerprints['drift/v1'],
    );
  };
  const found = await prints();
  expect(found.length).toBeGreaterThan(1);
  expect(new Set(found).size).toBe(found.length);
  expect(await prints()).toEqual(found);
});

it('the check of the schema finds what is wrong', () => {
  expect(schemaErrors({ version: '2.1.0', runs: [{ results: [{ level: 'bad' }] }] })).not.toBeNull();
});
