/** The test runners, environments and compilers in which the package has to work, and how each is set up. */

/** Files by name, without the test itself. */
type Files = Readonly<Record<string, string>>;

/** One way in which users run tests or compile. */
export interface Place {
  readonly name: string;
  /** The name of the file that holds the program. */
  readonly program: string;
  readonly files?: Files;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the program may use: MSW intercepts, `mock.fetch` needs the globals of `fetch`, `mock.answer` nothing. */
  readonly uses: 'msw' | 'fetch' | 'answer' | 'types';
  /** The way in which the program imports. Default `import`. */
  readonly imports?: 'require';
}

/** What a project of the table below installs besides the package and MSW. */
export const TOOLS = [
  '@babel/core',
  '@babel/preset-env',
  '@babel/preset-typescript',
  '@edge-runtime/vm',
  '@types/jest@30',
  '@types/node@20',
  'babel-jest@30',
  'happy-dom',
  'jest@30',
  'jest-environment-jsdom@30',
  'jest-fixed-jsdom',
  'jsdom@27',
  'ts-jest',
  'typescript@5.9',
  'vitest@4',
];

const VM_MODULES = { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' };

/** What MSW needs to be transformed in CommonJS: what is ESM only. None of it is ours. */
const ESM_ONLY =
  '/node_modules/(?!(msw|@mswjs/interceptors|@open-draft|rettime|until-async|headers-polyfill)/)';

function jest(config: object): Files {
  return {
    'jest.config.json': JSON.stringify(config),
    'babel.config.json': JSON.stringify({
      presets: [['@babel/preset-env', { targets: { node: 'current' } }], '@babel/preset-typescript'],
    }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: { ...STRICT, types: ['jest', 'node'], allowJs: true },
    }),
  };
}

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  target: 'es2022',
  types: ['node'],
  esModuleInterop: true,
};
const BABEL = { transform: { '\\.m?[jt]s$': 'babel-jest' }, transformIgnorePatterns: [ESM_ONLY] };
const JEST = ['jest', '--colors=false'];

const RUNNERS: readonly Place[] = [
  { name: 'node:test, ESM', program: 'a.test.mjs', command: ['node', '--test'], uses: 'msw' },
  {
    name: 'node:test, CommonJS',
    program: 'a.test.cjs',
    command: ['node', '--test'],
    uses: 'msw',
    imports: 'require',
  },
  {
    name: 'Jest, ESM',
    program: 'a.test.mjs',
    files: jest({ transform: {}, testMatch: ['**/*.test.mjs'] }),
    command: JEST,
    env: VM_MODULES,
    uses: 'msw',
  },
  {
    name: 'Jest, ESM, jest-fixed-jsdom',
    program: 'a.test.mjs',
    files: jest({ transform: {}, testMatch: ['**/*.test.mjs'], testEnvironment: 'jest-fixed-jsdom' }),
    command: JEST,
    env: VM_MODULES,
    uses: 'msw',
  },
  { name: 'Jest, babel', program: 'a.test.ts', files: jest(BABEL), command: JEST, uses: 'msw' },
  {
    name: 'Jest, babel, jest-fixed-jsdom',
    program: 'a.test.ts',
    files: jest({ ...BABEL, testEnvironment: 'jest-fixed-jsdom' }),
    command: JEST,
    uses: 'msw',
  },
  {
    name: 'Jest, babel, jsdom',
    program: 'a.test.ts',
    files: jest({ ...BABEL, testEnvironment: 'jsdom' }),
    command: JEST,
    uses: 'answer',
  },
  {
    name: 'ts-jest, CommonJS',
    program: 'a.test.ts',
    files: jest({
      transform: {
        '\\.m?[jt]s$': [
          'ts-jest',
          { tsconfig: { ...STRICT, module: 'commonjs', allowJs: true, types: ['jest', 'node'] } },
        ],
      },
      transformIgnorePatterns: [ESM_ONLY],
    }),
    command: JEST,
    uses: 'msw',
  },
  {
    name: 'ts-jest, ESM',
    program: 'a.test.ts',
    files: jest({
      extensionsToTreatAsEsm: ['.ts'],
      transform: {
        '\\.ts$': [
          'ts-jest',
          {
            useESM: true,
            tsconfig: { ...STRICT, module: 'esnext', moduleResolution: 'bundler', types: ['jest', 'node'] },
          },
        ],
      },
    }),
    command: JEST,
    env: VM_MODULES,
    uses: 'msw',
  },
];

const VITEST = ['forks', 'threads', 'vmForks', 'vmThreads'].flatMap((pool) =>
  ['node', 'jsdom', 'happy-dom', 'edge-runtime'].map(
    (environment): Place => ({
      name: `Vitest, ${pool}, ${environment}`,
      program: 'a.test.ts',
      command: ['vitest', 'run', '--globals', '--pool', pool, '--environment', environment],
      // MSW does not run in the edge runtime.
      uses: environment === 'edge-runtime' ? 'fetch' : 'msw',
    }),
  ),
);

const COMPILERS = [
  { name: 'node10', module: 'commonjs', moduleResolution: 'node10', program: 'a.ts' },
  { name: 'node16, ESM', module: 'node16', program: 'a.mts' },
  { name: 'node16, CommonJS', module: 'node16', program: 'a.cts' },
  { name: 'nodenext, ESM', module: 'nodenext', program: 'a.mts' },
  { name: 'nodenext, CommonJS', module: 'nodenext', program: 'a.cts' },
  { name: 'bundler', module: 'esnext', moduleResolution: 'bundler', program: 'a.ts' },
].map(({ name, program, ...options }): Place => {
  const compilerOptions = { ...STRICT, skipLibCheck: true, ...options };
  return {
    name: `tsc, ${name}`,
    program,
    files: { 'tsconfig.json': JSON.stringify({ compilerOptions, files: [program] }) },
    command: ['tsc', '--pretty', 'false'],
    uses: 'types',
  };
});

export const PLACES: readonly Place[] = [...RUNNERS, ...VITEST, ...COMPILERS];
