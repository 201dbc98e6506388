import { runInNewContext } from 'node:vm';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { createMock } from '../src/index.ts';
import { messageOf } from '../src/text/message-of.ts';
import { CONTRACT_TEXT } from './contract/copies.ts';
import { ask, NOW } from './mock/asking.ts';

/** A value of another realm, whose Object, Date and Error are not those of the mock: Jest runs tests in one. */
const foreign = (code: string, globals: object = {}) => runInNewContext(code, globals);

describe('Values of another realm', () => {
  it('are a contract', () => {
    const contract = foreign('JSON.parse(text)', { text: JSON.stringify(load(CONTRACT_TEXT)) });
    expect(contract).not.toBeInstanceOf(Object);
    expect(ask(createMock({ now: NOW, contract })).status).toBe(200);
  });

  it('are times', () => {
    const date = foreign(`new Date('${NOW}')`);
    expect(date).not.toBeInstanceOf(Date);
    const mock = createMock({ now: date });
    expect(mock.clock.now()).toEqual(new Date(NOW));
    const invalid = foreign('new Date(NaN)');
    expect(() => mock.database.experiments.create({ id: 900, project_id: 1, start_date: invalid })).toThrow(
      /JSON cannot carry this row: an invalid Date/,
    );
  });

  it('are rows', () => {
    const experiments = foreign('[{ id: 1, project_id: 1, metrics: [{ a: 1 }] }]');
    const mock = createMock({ fixtures: { experiments } });
    expect(mock.database.experiments.findMany()).toMatchObject([{ id: 1, metrics: [{ a: 1 }] }]);
  });

  it('are errors', () => {
    expect(messageOf(foreign("new TypeError('of another realm')"))).toBe('of another realm');
  });
});
