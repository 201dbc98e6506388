// An innocent client that asks again and again, and keeps account of how long it waited for the server. It runs in a thread of its own,
// so that an attack that keeps its own thread busy does not look like a slow server.
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { workerData } from 'node:worker_threads';

const PAUSE_MS = 3;
/** Indices of the account: the longest wait in ms, when the open request began (0: none), answers, refusals. */
const [LONGEST, SINCE, ANSWERS, REFUSALS] = [0, 1, 2, 3];
const { url, pid, account } = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const headers = { authorization: 'Bearer phx_experiment_read' };
const now = () => performance.timeOrigin + performance.now();
let waited = 0;

/** Milliseconds for which this thread and the server were ready to run, but other processes had the machine. */
function waitedForMachine() {
  try {
    const waits = [`/proc/${pid}/schedstat`, '/proc/thread-self/schedstat'].map(
      (file) => Number(readFileSync(file, 'utf8').split(' ')[1]) / 1e6,
    );
    return waits[0] + waits[1];
  } catch {
    return 0;
  }
}

/** @param from an agent, or `false` for a connection of its own. */
function ask(from) {
  waited = waitedForMachine();
  account[SINCE] = now();
  let isAnswered = false;
  const outgoing = get(`${url}/api/projects/1/experiments/stats/`, { agent: from, headers }, (response) => {
    isAnswered = true;
    response.resume();
    response.on('end', () => settle(response.statusCode === 200 ? ANSWERS : REFUSALS));
  });
  // The server may have closed a connection that was idle for long because this thread did not run.
  outgoing.on('error', () => {
    if (outgoing.reusedSocket && !isAnswered) ask(false);
    else settle(REFUSALS);
  });
}

/** An answer may end, and its connection break afterwards. */
function settle(index) {
  if (account[SINCE] === 0) return;
  const wait = now() - account[SINCE] - Math.max(0, waitedForMachine() - waited);
  account[LONGEST] = Math.max(account[LONGEST], wait);
  account[SINCE] = 0;
  account[index] += 1;
  setTimeout(ask, PAUSE_MS, agent);
}

ask(agent);
