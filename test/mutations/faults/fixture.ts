import { readFileSync } from 'node:fs';
import { packagedPath } from '../../../src/packaged.ts';
import { type Fault, replaced } from '../fault.ts';
import { validateFixtures } from '../tools.ts';
import { typeErrors } from '../type-check.ts';

/** A mistake in a copy of a file of fixtures. */
function inFile(file: string, what: string, part: string, by: string): Fault {
  const text = readFileSync(packagedPath(`fixtures/${file}`), 'utf8');
  return {
    where: 'fixture',
    what,
    tool: 'validate',
    look: (hasFault) => validateFixtures({ [file]: hasFault ? replaced(text, part, by) : text }),
  };
}

/** A row in the code of a test. */
const test = (row: string) => `import { createMock } from '../../src/index.ts';
createMock({ fixtures: { experiments: [${row}] } });
`;

export const FIXTURE_FAULTS: readonly Fault[] = [
  inFile('experiments.json', 'a field is misspelt', '"start_date"', '"started"'),
  inFile('experiments.json', 'a value has another type', '"id": 1,', '"id": "1",'),
  inFile('experiments.json', 'a time cannot be read', '"now-89d"', '"89 days ago"'),
  inFile(
    'experiments.json',
    'a row refers to a project that does not exist',
    '"project_id": 1,',
    '"project_id": 99,',
  ),
  inFile('experiments.json', 'an id is used twice', '"id": 2,', '"id": 1,'),
  {
    where: 'fixture',
    what: 'a field is misspelt in the code of a test',
    tool: 'type check',
    look: (hasFault) =>
      typeErrors(test(`{ id: 1, project_id: 1, ${hasFault ? 'started' : 'start_date'}: 'now' }`)),
  },
];
