import { describe, expect, it } from 'vitest';
import { FINDING_KINDS } from '../../src/contract/finding-kinds.ts';
import { createMock } from '../../src/index.ts';
import { run } from '../cli/running.ts';
import { ask, STATS } from '../mock/asking.ts';
import { tableUnder } from './blocks.ts';

describe('the tables', () => {
  it('list every scenario', () => {
    const { scenarios } = createMock();
    const expected = scenarios.map(({ name, status, summary, operations, synthetic }) => {
      const [only] = operations;
      const operation = only === STATS ? 'stats' : 'requires_flag_implementation';
      const remarks = [
        ...(operations.length === 1 ? [` (${operation} only)`] : []),
        ...(synthetic ? [' (synthetic)'] : []),
      ];
      return [name, String(status ?? ''), summary + remarks.join('')];
    });
    expect(tableUnder('Scenarios')).toEqual(expected);
  });

  it('list every kind of oddity of a contract', () => {
    const expected = Object.entries(FINDING_KINDS).map(([kind, sentence]) => [kind, sentence.slice(0, -1)]);
    expect(tableUnder('Odd contracts')).toEqual(expected);
  });

  it('list every key with the status that it gets in project 1', () => {
    const mock = createMock();
    const expected = mock.database.personalApiKeys.findMany().map(({ value }) => {
      const { status } = ask(mock, { headers: { authorization: `Bearer ${value}` } });
      return [value, String(status)];
    });
    const rows = tableUnder('Keys').map(([key, status]) => [key, status]);
    expect(rows.toSorted()).toEqual(expected.toSorted());
  });

  it('list every option of the command line', async () => {
    const { out } = await run(['serve', '--help']).finished;
    const flags = [...out.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag);
    expect(flags.length).toBeGreaterThan(10);
    const documented = tableUnder('Options').flatMap(([, option = '']) => option.match(/--[\w-]+/g) ?? []);
    expect(documented.toSorted()).toEqual(flags.filter((flag) => flag !== '--help').toSorted());
  });

  it('list every option of drift', async () => {
    const { out } = await run(['drift', '--help']).finished;
    const flags = [...out.matchAll(/^ +(--[\w-]+)/gm)].map(([, flag]) => flag);
    const documented = tableUnder('Compare with the live API', 1).flatMap(
      ([option = '']) => option.match(/--[\w-]+/g) ?? [],
    );
    expect(documented.toSorted()).toEqual(flags.toSorted());
  });

  it('list every member of a mock that is for users', () => {
    const internal = ['contract', 'answer', 'match', 'recordNearMiss', 'secrets', 'bytes', 'limit'];
    const members = Object.keys(createMock()).filter((member) => !internal.includes(member));
    const documented = tableUnder('The mock object').flatMap(
      ([names = '']) => names.match(/\w+(?=\(|,|$)/g) ?? [],
    );
    expect(documented.toSorted()).toEqual(members.toSorted());
  });
});
