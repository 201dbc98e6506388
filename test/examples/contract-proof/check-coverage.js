// The report of the run has what its tests have asked, whichever worker they ran in.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const { operations, totals } = JSON.parse(readFileSync('test-results/contract.json', 'utf8'));
const stats = operations.find(({ id }) => id === 'experiments_stats_retrieve');
const dead = stats.scenarios.filter(({ count }) => count === 0).map(({ name }) => name);
assert.deepEqual(totals.operations, { covered: 1, total: 2 });
assert.equal(stats.count, 50 * 3 + 3);
assert.deepEqual(dead, ['network-error', 'timeout']);
