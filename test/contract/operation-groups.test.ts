import { describe, expect, it } from 'vitest';
import { describeGroups } from '../../src/contract/operation-groups.ts';
import { readContract } from '../../src/contract/reading/read-contract.ts';
import { contractWithRoutes } from './contracts.ts';
import { largeContract } from './large.ts';

const groupsOf = (...routes: string[]) => describeGroups(contractWithRoutes(routes).operations);

describe('operations are grouped', () => {
  it('by tag, the largest group first', () => {
    const { operations } = readContract(largeContract(823), 'large.json');
    const lines = describeGroups(operations);
    expect(lines.slice(0, 3)).toEqual(['823 operations', '  89 insights', '  89 dashboards']);
    expect(lines.at(-1)).toMatch(/^ {2}\d+ in 22 more groups$/);
    const counts = lines.slice(1).map((line) => Number.parseInt(line, 10));
    expect(counts.reduce((sum, count) => sum + count)).toBe(823);
  });

  it('by the first segment after what all paths begin with, where there are no tags', () => {
    expect(
      groupsOf(
        'GET /api/{team}/users/',
        'POST /api/{team}/users/',
        'GET /api/{team}/flags/{id}/',
        'GET /api/{team}/',
      ),
    ).toEqual(['4 operations', '  2 users', '  1 flags', '  1 {team}']);
  });

  it('by the last segment where a path has no other', () => {
    expect(groupsOf('GET /users/', 'DELETE /users/')).toEqual(['2 operations', '  2 users']);
    expect(groupsOf('GET /')).toEqual(['1 operation', '  1 /']);
  });

  it('by path where what is given as tags is none', () => {
    const responses = { 204: { description: 'Done.' } };
    const paths = { '/a': { get: { tags: [''], responses } }, '/b': { get: { tags: 'b', responses } } };
    const { operations } = readContract({ openapi: '3.1.0', paths }, 'tags.json');
    expect(describeGroups(operations)).toEqual(['2 operations', '  1 a', '  1 b']);
  });
});
