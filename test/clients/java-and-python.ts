/**
 * Lets clients of Java and Python meet the faults of a server. Installs what is missing from Debian.
 *
 * ```sh
 * npm run test:clients
 * npm run test:clients -- --if-available # leaves out, and says so, what is missing and cannot be installed
 * ```
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { install, requireCommand } from '../setup/debian.ts';
import { askByProgram } from './by-command.ts';
import { type Client, expectedOf, FAULTS, observe } from './faults.ts';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function program(name: string, keepsAlive: boolean, command: string, ...args: readonly string[]): Client {
  return { name, keepsAlive, ask: (asked) => askByProgram(command, args, asked) };
}

function javaClients(): readonly Client[] {
  const java = requireCommand('javac', 'default-jdk-headless').replace(/javac$/, 'java');
  return [program('java.net.http.HttpClient', true, java, file('FaultClient.java'))];
}

function pythonClients(): readonly Client[] {
  const python = pythonWithRequests();
  return [
    program('http.client of Python', true, python, file('fault_client.py'), 'http.client'),
    program('urllib of Python', false, python, file('fault_client.py'), 'urllib'),
    program('requests of Python', true, python, file('fault_client.py'), 'requests'),
  ];
}

/** @throws {Error} when something is missing that cannot be installed, unless that may be. */
function available(clients: () => readonly Client[]): readonly Client[] {
  try {
    return clients();
  } catch (cause) {
    if (!process.argv.includes('--if-available')) throw cause;
    console.warn(`NOT RUN: ${cause}`);
    return [];
  }
}

/** @returns how many faults the client met otherwise than asked for. */
async function failuresOf(client: Client): Promise<number> {
  let passed = 0;
  for (const given of FAULTS) {
    const expected = expectedOf(given);
    const observed = await observe(given, client);
    if (isDeepStrictEqual(observed, expected)) passed += 1;
    else console.error(`${client.name} meets ${given.name}: expected`, expected, 'but observed', observed);
  }
  console.log(`${client.name}: ${passed} of ${FAULTS.length} faults as asked for`);
  return FAULTS.length - passed;
}

const failures = await Promise.all([javaClients, pythonClients].flatMap(available).map(failuresOf));
process.exitCode = failures.every((count) => count === 0) ? 0 : 1;

/** The Python of the user's `PATH` if it has requests, else Debian's. */
function pythonWithRequests(): string {
  const hasRequests = (command: string) => spawnSync(command, ['-c', 'import requests']).status === 0;
  const DEBIANS = '/usr/bin/python3';
  const found = ['python3', DEBIANS].find(hasRequests);
  if (found !== undefined) return found;
  install('requests of Python', 'python3-requests');
  return DEBIANS;
}
