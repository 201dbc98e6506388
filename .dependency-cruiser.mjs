/** What may import what: the rooms of src/README.md, and the packages that only one of them knows. */

/** By room: the rooms that it must not import. */
const ABOVE = {
  contract: ['database', 'provider', 'mock', 'drift', 'adapters', 'server', 'cli', 'panel', 'tools'],
  database: ['contract', 'provider', 'mock', 'drift', 'adapters', 'server', 'cli', 'panel', 'tools'],
  provider: ['mock', 'drift', 'adapters', 'server', 'cli', 'panel', 'tools'],
  mock: ['drift', 'adapters', 'server', 'cli', 'panel', 'tools'],
  drift: ['adapters', 'server', 'cli', 'panel', 'tools'],
  adapters: ['drift', 'server', 'cli', 'tools'],
  server: ['drift', 'cli', 'tools'],
  cli: ['tools'],
};
/** Files that every room may import. */
const HELPERS =
  '^src/(text/|(built-ins|check-members|check-options|json|json-pointer|memoize|usage-error)[.]ts$)';
const BELOW_ADAPTERS = '^src/(contract|database|provider|mock|drift|text|generated|[^/]+[.]ts$)';
/** Entries, and the files that load a package on demand. */
const EXCEPTIONS =
  '^src/((index|browser|create-mock|packaged|read-files|source-files)[.]ts|(database/mswjs-data|contract/reading/js-yaml|contract/(negotiator|re2js|bodies/regexpp))[.]cjs)$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one idea or need a third one. Types count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(ABOVE).map(([room, above]) => ({
      name: `${room}-imports-downwards`,
      comment: `${room}/ knows nothing of the rooms above it.`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: `^src/(${above.join('|')})/` },
    })),
    {
      name: 'one-door-to-the-provider',
      comment:
        'mock/ knows how an API behaves by src/provider/provider.ts alone; another provider needs no change there.',
      severity: 'error',
      from: { path: '^src/mock/' },
      to: { path: '^src/provider/', pathNot: '^src/provider/provider[.]ts$' },
    },
    {
      name: 'one-choice-of-a-provider',
      comment: 'src/create-core-mock.ts chooses PostHog; everything else works with any provider.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(create-core-mock[.]ts$|provider/posthog/)' },
      to: { path: '^src/provider/posthog/' },
    },
    {
      name: 'helpers-import-no-room',
      comment: 'text/ and the helpers beside it know neither a room nor a generated file.',
      severity: 'error',
      from: { path: HELPERS },
      to: { path: '^src/', pathNot: HELPERS },
    },
    {
      name: 'mswjs-data-behind-one-file',
      comment: '@mswjs/data is loaded by src/database/mswjs-data.cjs alone, for src/database/table.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/database/mswjs-data[.](cjs|d[.]cts)$' },
      to: { path: '@mswjs/data' },
    },
    {
      name: 'no-framework-below-adapters',
      comment: 'Below adapters/ nothing knows MSW, Hono or Lit.',
      severity: 'error',
      from: { path: BELOW_ADAPTERS, pathNot: EXCEPTIONS },
      to: { path: '^node_modules/(msw|hono|@hono|lit)/' },
    },
    {
      name: 'no-node-below-adapters',
      comment: 'Below adapters/ nothing imports a node: module.',
      severity: 'error',
      from: { path: BELOW_ADAPTERS, pathNot: EXCEPTIONS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'panel-knows-types-of-the-mock-only',
      comment:
        'The panel runs in a page: of the mock it knows types, and src/panel/source/panel-source.ts has them. Text has no room.',
      severity: 'error',
      from: { path: '^src/panel/', pathNot: '^src/panel/source/panel-source[.]ts$' },
      to: { path: '^src/', pathNot: '^src/(panel|text)/' },
    },
    {
      name: 'panel-is-made-of-lit',
      severity: 'error',
      from: { path: '^src/panel/' },
      to: { path: '^node_modules/', pathNot: '^node_modules/(lit|eventsource-parser)/' },
    },
    {
      name: 'no-missing-package',
      comment: 'An import that resolves to nothing, or to a package that package.json does not have.',
      severity: 'error',
      from: {},
      to: {
        dependencyTypes: ['unknown', 'undetermined', 'npm-no-pkg', 'npm-unknown'],
        // Optional peers are taken for `npm-no-pkg`, because of `peerDependenciesMeta`; they are here for tests.
        dependencyTypesNot: ['npm-dev'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types count: a circle of types ties files together as much as one of values.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
