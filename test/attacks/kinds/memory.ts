import assert from 'node:assert/strict';
import { type Attack, KEY, MEBIBYTE, often, openSession, REFUSALS, STATS, type Target } from '../attack.ts';

/** Rows of about so many bytes altogether. */
const ROWS: readonly { readonly of: string; readonly make: (bytes: number) => object }[] = [
  {
    of: 'long texts',
    make: (bytes) => ({ experiments: rowsOf(bytes, () => ({ description: 'x'.repeat(1_000) })) }),
  },
  {
    of: 'texts of two bytes a character',
    make: (bytes) => ({ experiments: rowsOf(bytes, () => ({ description: '\u0142'.repeat(500) })) }),
  },
  {
    of: 'small rows',
    make: (bytes) => ({ experiments: rowsOf(bytes, () => ({})) }),
  },
  {
    of: 'small values',
    make: (bytes) => ({ experiments: rowsOf(bytes, () => ({ parameters: Array(200).fill([1]) })) }),
  },
];

function rowsOf(bytes: number, make: () => object): readonly object[] {
  const row = (id: number) => ({ id, project_id: 1, ...make() });
  const size = Buffer.byteLength(JSON.stringify(row(10_000))) + 1;
  return Array.from({ length: Math.floor(bytes / size) }, (_, index) => row(index + 1));
}

const isRefusal = (status: number, text: string) =>
  assert.ok(REFUSALS.has(status), `a refusal is ${status}: ${text.slice(0, 100)}`);

/** Opens a session with the gate of approvals, and returns a function that opens a change request in it. */
async function openGate(target: Target) {
  const base = await openSession(target, { scenario: 'approval-required' });
  assert.ok(base !== null, 'no session could be opened');
  const request = async (): Promise<string> => {
    const { text } = await target.ask('GET', base + STATS, { headers: KEY });
    return JSON.parse(text).change_request_id;
  };
  return { base, request };
}

const MAX_LIST_BYTES = 8 * MEBIBYTE;

/** Bounds count bytes, and what is beyond them is refused or forgotten. */
export const MEMORY: readonly Attack[] = [
  ...ROWS.map(
    ({ of, make }): Attack => ({
      name: `sessions with 14 MB of ${of} each`,
      make: async ({ serve, size }) => {
        const target = await serve();
        const body = JSON.stringify({ fixtures: make(14_000_000) });
        const headers = { 'content-type': 'application/json' };
        for (let opened = 0; opened < size(60, 9); opened += 1) {
          const { status, text } = await target.ask('POST', '/__mock__/sessions', { body, headers });
          if (status === 201) continue;
          isRefusal(status, text);
          break;
        }
      },
    }),
  ),
  {
    name: 'sessions that were asked for long paths, queries and headers',
    make: async ({ serve, size }) => {
      const target = await serve();
      const long = 'x'.repeat(14_000);
      for (let opened = 0; opened < size(400, 12); opened += 1) {
        const base = await openSession(target);
        if (base === null) break;
        await often(200, (index) => {
          const unique = `${index}${long}`;
          const path = [`/api/${unique}`, `${STATS}?${unique}`, STATS][index % 3] ?? STATS;
          const headers = index % 3 === 2 ? { ...KEY, 'x-other': unique } : KEY;
          return target.ask('GET', base + path, { headers });
        });
      }
    },
  },
  {
    name: 'sessions whose journal has long bodies of two bytes a character',
    make: async ({ serve, size }) => {
      const target = await serve();
      const body = `"${'\u0142'.repeat(4_000)}"`;
      const headers = { ...KEY, 'content-type': 'application/json' };
      for (let opened = 0; opened < size(400, 12); opened += 1) {
        const base = await openSession(target);
        if (base === null) break;
        await often(200, () => target.ask('POST', base + STATS, { headers, body }));
      }
    },
  },
  {
    name: 'change requests that are rejected, each of which lets another open',
    make: async ({ serve, size }) => {
      const target = await serve();
      const { base, request } = await openGate(target);
      for (let rejected = 0; rejected < size(6_000, 500); rejected += 1) {
        const path = `${base}/__mock__/change-requests/${await request()}/reject`;
        const { status, text } = await target.ask('POST', path, { body: { by: 2, reason: 'no' } });
        assert.equal(status, 200, text.slice(0, 200));
      }
      const { text } = await target.ask('GET', `${base}/__mock__/change-requests`);
      assert.ok(text.length < MAX_LIST_BYTES, `a list of ${text.length} bytes`);
    },
  },
  {
    name: 'reasons of 15 MB for rejecting change requests',
    make: async ({ serve, size }) => {
      const target = await serve();
      const { base, request } = await openGate(target);
      const body = { by: 2, reason: 'x'.repeat(15_000_000) };
      for (let rejected = 0; rejected < size(40, 15); rejected += 1) {
        const path = `${base}/__mock__/change-requests/${await request()}/reject`;
        const { status, text } = await target.ask('POST', path, { body });
        if (status !== 200) isRefusal(status, text);
        assert.ok(text.length < MEBIBYTE, `an answer of ${text.length} bytes`);
      }
      const { text } = await target.ask('GET', `${base}/__mock__/change-requests`);
      assert.ok(text.length < MAX_LIST_BYTES, `a list of ${text.length} bytes`);
    },
  },
  ...ROWS.map(
    ({ of, make }): Attack => ({
      name: `a snapshot with 14 MB of ${of}, taken and restored`,
      make: async ({ serve }) => {
        const target = await serve();
        const opened = await target.ask('POST', '/__mock__/sessions', {
          body: { fixtures: make(14_000_000) },
        });
        if (opened.status !== 201) return isRefusal(opened.status, opened.text);
        const fixtures = `${JSON.parse(opened.text).path}/__mock__/fixtures`;
        const { text } = await target.ask('GET', fixtures);
        const headers = { 'content-type': 'application/json' };
        const { status } = await target.ask('PUT', fixtures, { body: text, headers });
        assert.equal(status, 204, 'what the server gives, it does not take');
      },
    }),
  ),
];
