import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { message, send } from '../../server/support/raw.ts';
import { type Attack, KEY, STATS } from '../attack.ts';

/** What a terminal obeys instead of showing it: a colour, a title, erasing, a paste that ends, bidirectional text, C1. */
const CONTROLS = [
  '\u001b[31m',
  '\u001b]0;title\u0007',
  '\u0015\r echo run',
  '\b\b\u007f',
  '\u001b[201~',
  '\u202e\u2066',
  '\u200b\ufeff\u2028',
  '\u009b2J',
].join('');

const latin1 = (text: string) => Buffer.from(text).toString('latin1');

/** @throws {Error} when text that is meant for a terminal has something that it would obey. */
function checkShown(text: string, what: string): void {
  assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u, `${what} has a control character`);
}

/** What comes from outside is written with its control characters escaped. Every attack checks the output of its servers. */
export const TERMINALS: readonly Attack[] = [
  {
    name: 'control and bidi characters in bodies, headers and paths',
    make: async ({ serve }) => {
      const target = await serve(['--log-level', 'debug']);
      const inUrl = encodeURIComponent(CONTROLS);
      for (const type of ['text/plain', 'application/json', 'application/x-www-form-urlencoded']) {
        await target.ask('POST', STATS, { body: `a=${CONTROLS}`, headers: { ...KEY, 'content-type': type } });
      }
      await target.ask('GET', `/${inUrl}?${inUrl}=${inUrl}`);
      await target.ask('GET', `${STATS}?${inUrl}`, { headers: KEY });
      const inHeader = latin1(`${CONTROLS.replaceAll(/\p{Cc}/gu, '')}\u009b`);
      const raw = [
        message('GET', STATS, { ...KEY, 'X-Other': inHeader, Prefer: `scenario=${inHeader}` }),
        message('GET', STATS, { 'X-Mock-Session': inHeader, 'User-Agent': inHeader }),
        message('GET', `/${latin1(CONTROLS)}`, { Host: inHeader }),
        message('GET', latin1(`/a\u202e?\u200b`), { Host: 'a' }),
        message(`GET${latin1('\u001b[31m')}`, '/'),
      ];
      for (const bytes of raw) {
        const [head = ''] = (await send(target.port, bytes)).split('\r\n\r\n');
        for (const line of head.split('\r\n')) checkShown(line, 'a header');
      }
      const { text } = await target.ask('GET', '/__mock__/requests');
      const { requests }: { requests: { curl: string; hint: string | null }[] } = JSON.parse(text);
      assert.ok(requests.length >= 5, 'requests are missing in the journal');
      for (const { curl, hint } of requests) {
        checkShown(curl, 'a curl command');
        checkShown(hint ?? '', 'a hint');
      }
    },
  },
  {
    name: 'control and bidi characters in contracts, fixtures and arguments',
    make: async ({ folder, command }) => {
      const hostile = { type: CONTROLS, [CONTROLS]: CONTROLS };
      const response = { description: 'x', content: { 'application/json': { schema: hostile, example: 1 } } };
      const replies = (reply: string) => ({
        operationId: 'a',
        responses: { 200: { description: 'x', 'x-scenarios': { [CONTROLS]: { summary: CONTROLS, reply } } } },
      });
      const write = (name: string, value: unknown) => {
        writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
        return join(folder, name);
      };
      const contract = (operation: object) => ({
        openapi: '3.1.0',
        info: { title: CONTROLS, version: '1' },
        paths: { [`/${CONTROLS}`]: { get: operation } },
      });
      const broken = write(
        `a\u001b[31m\u202e.json`,
        contract({ operationId: CONTROLS, responses: { 200: response } }),
      );
      write('experiments.json', [
        { id: 1, project_id: 9, [CONTROLS]: CONTROLS, name: 1, start_date: CONTROLS },
      ]);
      for (const args of [
        ['validate', '--contract', broken, '--fixtures', folder],
        ['validate', '--contract', write('b.yaml', `a: "${CONTROLS}\n- b`)],
        ['validate', '--contract', write('c.json', contract(replies(CONTROLS)))],
        ['scenarios', '--contract', write('d.json', contract(replies('empty')))],
        ['validate', '--contract', `/no/${CONTROLS}`],
        ['serve', '--scenario', CONTROLS],
        ['serve', '--now', CONTROLS],
        [CONTROLS],
        ['serve', `--${CONTROLS}`],
      ]) {
        const { out, err } = await command(args);
        checkShown(out + err, `the output of ${args[0]}`);
      }
    },
  },
];
