import { Option } from 'commander';
import { pathOf } from '../source-files.ts';

// Commands share them: an option of commander keeps no values.
export const contractOption = new Option(
  '--contract <file>',
  'OpenAPI document instead of the packaged one',
).argParser(pathOf);
export const strictOption = new Option('--strict', 'refuse a contract with anything odd').default(false);
export const fixturesOption = new Option(
  '--fixtures <dir>',
  'directory of <collection>.json, each replacing the packaged one',
);
