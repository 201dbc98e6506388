/**
 * Attacks the built server over real sockets, and the built command with hostile files. Prints what others waited and how
 * much memory it took. Exits with 1 when a server died, answered in another way, let out a secret or a control
 * character, took too much memory, or kept others waiting for many times the bound each time that it was tried.
 *
 * ```sh
 * npm run test:attacks
 * npm run test:attacks -- --large            # by hand: takes long
 * npm run test:attacks -- --only newlines    # those whose name has this text
 * npm run test:attacks -- --root ../before   # another checkout, built
 * ```
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { attempt, type Outcome } from './attempt.ts';
import { CONNECTIONS } from './kinds/connections.ts';
import { ENDINGS } from './kinds/endings.ts';
import { INPUTS } from './kinds/inputs.ts';
import { MEMORY } from './kinds/memory.ts';
import { SECRETS } from './kinds/secrets.ts';
import { STEERING } from './kinds/steering.ts';
import { TERMINALS } from './kinds/terminals.ts';
import { TEXTS } from './kinds/texts.ts';

const { values } = parseArgs({
  options: {
    root: { type: 'string', default: fileURLToPath(new URL('../..', import.meta.url)) },
    only: { type: 'string', default: '' },
    large: { type: 'boolean', default: false },
  },
});
const terms = { root: resolve(values.root), isLarge: values.large };
const ATTACKS = [TEXTS, TERMINALS, CONNECTIONS, MEMORY, ENDINGS, STEERING, SECRETS, INPUTS].flat();
const chosen = ATTACKS.filter(({ name }) => name.includes(values.only));
const WIDTH = Math.max(...chosen.map(({ name }) => name.length));

function row(name: string, { bytes, stallMs, boundMs, answers, peakMib, broken, tries }: Outcome): string {
  const sent = bytes === 0 ? '' : `${Math.ceil(bytes / 1_024)} KiB`;
  const stall = `${stallMs.toFixed(0)} ms = ${(stallMs / boundMs).toFixed(1)} × ${boundMs.toFixed(0)}`;
  const cells = [
    name.padEnd(WIDTH),
    sent.padStart(9),
    stall.padEnd(24),
    `${peakMib.toFixed(0)} MiB`.padStart(8),
  ];
  const remarks = [answers, broken, tries > 1 ? `tried ${tries} times` : null];
  const held = broken === null ? 'held  ' : 'BROKEN';
  return [...cells, held, ...remarks.filter((remark) => remark !== null)].join(' | ');
}

console.log(`${'attack'.padEnd(WIDTH)} |      sent | longest wait = × bound   |   memory | held?  | answers`);
const broken: string[] = [];
for (const attack of chosen) {
  const outcome = await attempt(attack, terms);
  const line = row(attack.name, outcome);
  if (outcome.broken !== null) broken.push(line);
  console.log(line);
}
console.log([`${chosen.length} attacks, ${broken.length} broken`, ...broken].join('\n'));
process.exitCode = broken.length > 0 || chosen.length === 0 ? 1 : 0;
