import type { Place } from './places.ts';

const PACKAGE = 'posthog-experiments-mock';

/** The program that a place has to run or compile, with the package. */
export function programOf({ uses, imports, command }: Place): string {
  const load = imports === 'require' ? required : imported;
  return preamble(load, command) + TEXTS[uses](load);
}

/** The same with MSW alone, which the package imports: where this fails, it is not the package that fails. */
export function plainProgramOf({ uses, imports, command }: Place): string {
  const load = imports === 'require' ? required : imported;
  return preamble(load, command) + PLAIN[uses](load);
}

function preamble(load: Load, command: Place['command']): string {
  const test = command.includes('--test') ? load('node:test', 'test') : '';
  return load('node:assert', 'strictEqual') + test;
}

type Load = (from: string, names: string) => string;

const imported: Load = (from, names) => `import { ${names} } from '${from}';\n`;
const required: Load = (from, names) => `const { ${names} } = require('${from}');\n`;

const REQUEST = `
const url = 'https://us.posthog.com/api/projects/1/experiments/stats/';
const init = { headers: { Authorization: 'Bearer phx_experiment_read' } };
`;

/** No types are written, so that the text is both JavaScript and TypeScript. */
const FETCH = `
  const { active_experiments: before } = await (await mock.fetch(url, init)).json();
  mock.database.experiments.create({ id: 9001, project_id: 1, start_date: 'now' });
  const { active_experiments: after } = await (await mock.fetch(url, init)).json();
  strictEqual(after - before, 1);
  mock.use('throttled', { times: 1 });
  strictEqual((await mock.fetch(new Request(url, init))).status, 429);
  strictEqual((await mock.fetch(new URL(url), init)).status, 200);
`;

const ERRORS = `
  let isContractError = false;
  try {
    createMock({ contract: { openapi: '3.1.0' } });
  } catch (cause) {
    isContractError = cause instanceof ContractError;
  }
  strictEqual(isContractError, true);
`;

const TEXTS: Readonly<Record<Place['uses'], (load: Load) => string>> = {
  msw: (
    load,
  ) => `${load(PACKAGE, 'ContractError, createMock, startServer, unhandled')}${load('msw/node', 'setupServer')}${REQUEST}
const mock = createMock({ now: new Date('2026-01-31T12:00:00Z') });
const server = setupServer(...mock.handlers);
server.listen(unhandled(mock));

test('works', async () => {
  strictEqual((await fetch(url, init)).status, 200);
${FETCH}
  let reason = '';
  const { error } = console;
  console.error = (text) => {
    reason = reason + text;
  };
  const isStopped = await fetch(url.replace('experiments', 'experiment'), init).then(() => false, () => true);
  console.error = error;
  strictEqual(isStopped, true);
  strictEqual(reason.includes('segment 4 is "experiment"'), true);
${ERRORS}
  const running = await startServer(mock, { port: 0 });
  await running.close();
  server.close();
});
`,
  fetch: (load) => `${load(PACKAGE, 'ContractError, createMock')}${REQUEST}
test('works', async () => {
  const mock = createMock();
${FETCH}${ERRORS}
});
`,
  answer: (load) => `${load(PACKAGE, 'ContractError, createMock')}${REQUEST}
test('works', () => {
  const mock = createMock();
  const headers = { authorization: 'Bearer phx_experiment_read' };
  const { kind } = mock.answer({ method: 'GET', path: new URL(url).pathname, query: '', headers, body: null });
  strictEqual(kind, 'response');
  strictEqual(mock.journal.entries[0].status, 200);
${ERRORS}
});
`,
  types: (
    load,
  ) => `${load(PACKAGE, 'createMock, startServer, unhandled, type ExperimentStats, type Mock, type MockOptions')}${load('msw/node', 'setupServer')}
const options: MockOptions = { now: new Date(), scenario: { experiments_stats_retrieve: 'trend-up' } };
const mock: Mock = createMock(options);
const server = setupServer(...mock.handlers);
server.listen(unhandled(mock, { others: 'error' }));
mock.use('flag-required', { operation: 'experiments_requires_flag_implementation_retrieve' });
// @ts-expect-error: there is no such scenario
mock.use('whatever');
// @ts-expect-error: stats has no such scenario
mock.use('flag-required', { operation: 'experiments_stats_retrieve' });
// @ts-expect-error: there is no such option
startServer(mock, { prt: 1 });
const other = createMock({ contract: './openapi.yaml', scenario: 'whatever' });
other.use('anything', { operation: 'thing' });
startServer(other, { port: 0 }).then(({ close }) => close());
mock.fetch('/').then(async (response): Promise<ExperimentStats> => response.json());
`,
};

const PLAIN: Readonly<Record<Place['uses'], (load: Load) => string>> = {
  msw: (load) => `${load('msw', 'http, HttpResponse')}${load('msw/node', 'setupServer')}${REQUEST}
const server = setupServer(http.get(url, () => HttpResponse.json({})));
server.listen();
test('works', async () => {
  strictEqual((await fetch(url, init)).status, 200);
  server.close();
});
`,
  fetch: plainImport,
  answer: plainImport,
  types: (load) => `${load('msw', 'http, HttpResponse')}${load('msw/node', 'setupServer')}
setupServer(http.get('/', () => HttpResponse.json({}))).listen();
`,
};

function plainImport(load: Load): string {
  return `${load('msw', 'http')}
test('works', () => strictEqual(typeof http.get, 'function'));
`;
}
