import { clearInterval, setInterval } from '../../adapters/real-timers.ts';
import { Budget } from '../../mock/budget.ts';

/** An event of a stream. */
export interface StreamedEvent {
  /** Its kind. */
  readonly event: string;
  /** Makes the JSON text; called when the event is sent. */
  readonly data: () => string;
}

/** Server-sent events as bytes, and a way to end them. */
export interface EventStream {
  readonly readable: ReadableStream<Uint8Array>;
  readonly send: (event: StreamedEvent) => void;
  readonly close: () => void;
}

/** Events kept for a slow reader. Beyond that, the oldest are dropped, and a `missed` event says how many. */
export const MAX_WAITING = 100;
/** Events kept for all slow readers of a server together, one for each at least. An event holds an entry of a journal. */
export const MAX_ALL_WAITING = 2_000;
/** What is made into text at a time, in characters; an event may exceed it. */
const MAX_PART_LENGTH = 65_536;
/** An idle stream sends a comment this often, which shows whether the reader is still there. */
const HEARTBEAT_MS = 15_000;

/**
 * Opens a stream that sends events as fast as its reader takes them.
 * @param ended called once, when the reader has left or the stream was closed.
 * @param budget of the events that wait for all readers.
 */
export function openEventStream(ended: () => void, budget = createEventBudget()): EventStream {
  const encoder = new TextEncoder();
  let waiting: StreamedEvent[] = [];
  let missed = 0;
  let comment = ': connected\n\n';
  let wake: (() => void) | undefined;
  let isOver = false;
  const isIdle = () => waiting.length === 0 && comment === '';
  const send = (event: StreamedEvent): void => {
    if (isOver) return;
    waiting.push(event);
    budget.add(1);
    while (waiting.length > MAX_WAITING || (waiting.length > 1 && budget.isExceeded)) {
      waiting.shift();
      budget.add(-1);
      missed += 1;
    }
    wake?.();
  };
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    clearInterval(heartbeat);
    budget.add(-waiting.length);
    waiting = [];
    wake?.();
    ended();
  };
  const beat = (): void => {
    if (isIdle()) comment = ': still here\n\n';
    wake?.();
  };
  const heartbeat = setInterval(beat, HEARTBEAT_MS).unref();
  const take = (): string => {
    const count = missed;
    const note: StreamedEvent[] =
      count > 0 ? [{ event: 'missed', data: () => JSON.stringify({ count }) }] : [];
    let text = comment + note.map(format).join('');
    let taken = 0;
    for (const event of waiting) {
      if (text.length >= MAX_PART_LENGTH) break;
      text += format(event);
      taken += 1;
    }
    waiting = waiting.slice(taken);
    budget.add(-taken);
    comment = '';
    missed = 0;
    return text;
  };
  const readable = new ReadableStream<Uint8Array>(
    {
      // Called when the previous part has been read, so nothing piles up in the stream's own queue.
      pull: async (controller) => {
        while (isIdle() && !isOver) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        if (isOver) controller.close();
        else controller.enqueue(encoder.encode(take()));
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
  return { readable, send, close: end };
}

export function createEventBudget(): Budget {
  return new Budget(MAX_ALL_WAITING);
}

/** JSON text has no line breaks, so a single `data` line holds it. */
function format({ event, data }: StreamedEvent): string {
  return `event: ${event}\ndata: ${data()}\n\n`;
}
