import { readContract } from '../../src/contract/reading/read-contract.ts';
import { assembleMock } from '../../src/mock/assemble-mock.ts';
import type { ProviderKind } from '../../src/provider/provider.ts';
import { readFiles } from '../../src/read-files.ts';

/** A provider that answers with the contract's examples and routes literally. */
const byExample: ProviderKind = {
  routing: {
    allowsDots: true,
    ignoresTrailingSlash: false,
    takesFormatSuffix: false,
    splitsEncodedSlashes: false,
    methodDecides: true,
  },
  keyVariable: '$API_KEY',
  noRows: null,
  okSummary: 'Forces nothing',
  scenarios: () => () => new Map(),
  open: () => ({
    respond: ({ route: { operation, hasMethod }, forced }) => ({
      answer: forced === null ? operation.ok[0] : forced.status === null ? forced.reply : forced.answers[0],
      scenario: forced?.name ?? 'ok',
      source: 'example',
      synthetic: false,
      reached: hasMethod,
    }),
    headers: () => [['Server', 'byExample']],
    unmatched: () => null,
    changeRequests: null,
    rearm: () => {},
    reset: () => {},
    state: () => ({}),
    readState: () => () => {},
  }),
};

const contract = readContract({
  openapi: '3.1.0',
  info: { title: 'Files', version: '1' },
  paths: {
    '/files/{name}': {
      get: {
        operationId: 'file',
        responses: {
          200: {
            description: 'A file.',
            content: {
              'application/json': { examples: { small: { value: 1 }, large: { value: 2 } } },
            },
          },
        },
      },
    },
  },
});

/** A mock of `GET /files/{name}`. */
export const openByExample = () => assembleMock({ ...readFiles({}), contract, provider: byExample }, {}).mock;
