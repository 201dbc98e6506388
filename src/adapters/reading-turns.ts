import { isRead, type Line } from './line.ts';
import { hold, readOn } from './reading.ts';
import { setImmediate } from './real-timers.ts';

/** Who is read when connections bring more than is worked on at a time. */
interface ReadingTurns {
  /** Counts a request that has to wait, or that comes on a connection that is over. */
  count(): void;
  /** Reads a connection again whose requests have waited. Of those, one is read in each turn of the event loop. */
  readAgain(line: Line): void;
}

/**
 * Counted requests in one turn of the event loop. Beyond that, the other connections are read in the next turn: node:http
 * holds what has come on a connection until it can be closed.
 */
const MAX_BURST = 250;

/** @param lines of all connections. */
export function createReadingTurns(lines: () => Iterable<Line>): ReadingTurns {
  let count = 0;
  let held: readonly Line[] = [];
  const queue: Line[] = [];
  let isTurnSet = false;
  const setTurn = (): void => {
    if (!isTurnSet) setImmediate(nextTurn);
    isTurnSet = true;
  };
  const nextTurn = (): void => {
    isTurnSet = false;
    count = 0;
    // The system reports them in the order in which they are read again.
    for (const line of mostHarmlessFirst(held)) if (isRead(line)) readOn(line.socket);
    held = [];
    let next = queue.shift();
    while (next && !isRead(next)) next = queue.shift();
    if (next) readOn(next.socket);
    if (queue.length > 0) setTurn();
  };
  const holdOthers = (): void => {
    const others = [...lines()].filter(isRead);
    for (const { socket } of others) hold(socket);
    held = others.filter(({ hasWaited }) => !hasWaited);
    const queued = new Set(queue);
    queue.push(...others.filter((other) => other.hasWaited && !queued.has(other)));
  };
  return {
    count: () => {
      count += 1;
      setTurn();
      if (count === MAX_BURST) holdOthers();
    },
    readAgain: (line) => {
      queue.push(line);
      setTurn();
    },
  };
}

/** Clients that have had answers come first, then the newest ones, as those that flood have opened theirs before. */
function mostHarmlessFirst(lines: readonly Line[]): readonly Line[] {
  const isKnown = ({ socket }: Line) => socket.bytesWritten > 0;
  return [...lines.filter(isKnown), ...lines.filter((one) => !isKnown(one)).reverse()];
}
