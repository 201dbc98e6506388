/**
 * Makes mistakes on purpose, in copies of the contract and of fixtures, in clients, their tests and live servers, and looks whether
 * the tool that is for them finds them. Each tool also sees the same without the mistake, of which it must say nothing.
 * Exits with 1 when more than one in twenty is missed, or there is a false alarm.
 *
 * ```sh
 * npm run test:mutations
 * npm run test:mutations -- --only drift   # those whose place, name or tool has this text
 * ```
 */
import { parseArgs } from 'node:util';
import { type Fault, judge } from './fault.ts';
import { CLIENT_FAULTS } from './faults/client.ts';
import { CONTRACT_FAULTS } from './faults/contract.ts';
import { FIXTURE_FAULTS } from './faults/fixture.ts';
import { LIVE_FAULTS } from './faults/live.ts';
import { SUITE_FAULTS } from './faults/suite.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const FAULTS = [...CONTRACT_FAULTS, ...FIXTURE_FAULTS, ...CLIENT_FAULTS, ...LIVE_FAULTS, ...SUITE_FAULTS];
const chosen = FAULTS.filter(({ where, what, tool }) => [where, what, tool].join(' ').includes(values.only));
/** Of what a tool says, in characters. */
const MAX_SAID = 90;
const width = (text: (fault: Fault) => string) => Math.max(0, ...chosen.map((fault) => text(fault).length));
const WIDTHS = [width(({ where }) => where), width(({ what }) => what), width(({ tool }) => tool)];

function row(...cells: readonly string[]): string {
  return cells.map((cell, column) => cell.padEnd(WIDTHS[column] ?? 0)).join(' | ');
}

console.log(row('where', 'fault', 'tool', 'caught', 'what it says'));
let missed = 0;
let falseAlarms = 0;
for (const fault of chosen) {
  const { says, falseAlarm } = await judge(fault);
  if (says === null) missed += 1;
  if (falseAlarm !== null) falseAlarms += 1;
  const caught = says === null ? 'MISSED' : 'caught';
  const said = falseAlarm === null ? (says ?? '') : `FALSE ALARM: ${falseAlarm}`;
  const line = said.replaceAll(/\s+/g, ' ');
  console.log(row(fault.where, fault.what, fault.tool, caught, line.slice(0, MAX_SAID)));
}
console.log(
  `${chosen.length} faults: ${chosen.length - missed} caught, ${missed} missed, ${falseAlarms} false alarms`,
);
process.exitCode = chosen.length === 0 || missed * 20 > chosen.length || falseAlarms > 0 ? 1 : 0;
