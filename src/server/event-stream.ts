/** A kind of event, and what it says as JSON text. */
export interface StreamedEvent {
  readonly event: string;
  readonly data: string;
}

/** Server-sent events as bytes, and a way to end them. */
export interface EventStream {
  readonly readable: ReadableStream<Uint8Array>;
  send(event: StreamedEvent): void;
  close(): void;
}

/** Events that wait for a slow reader; of more, the oldest are left out, and the reader is told how many. */
const MOST_WAITING = 100;
/** A comment now and then shows whether anybody is still there. */
const HEARTBEAT = 15_000;

/** @param ended told once, when the reader has left or the stream was closed. */
export function openEventStream(ended: () => void): EventStream {
  const encoder = new TextEncoder();
  let waiting: string[] = [];
  let missed = 0;
  let wake: (() => void) | undefined;
  let isOver = false;
  const put = (text: string): void => {
    if (isOver) return;
    if (waiting.length >= MOST_WAITING) {
      waiting.shift();
      missed += 1;
    }
    waiting.push(text);
    wake?.();
  };
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    clearInterval(heartbeat);
    waiting = [];
    wake?.();
    ended();
  };
  const heartbeat = setInterval(() => waiting.length === 0 && put(': still here\n\n'), HEARTBEAT).unref();
  const take = (): string => {
    const note = missed > 0 ? format({ event: 'missed', data: JSON.stringify({ count: missed }) }) : '';
    const text = note + waiting.join('');
    waiting = [];
    missed = 0;
    return text;
  };
  put(': connected\n\n');
  const readable = new ReadableStream<Uint8Array>(
    {
      // Asked for only when the last part has gone out, so nothing piles up behind this queue.
      pull: async (controller) => {
        while (waiting.length === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve));
        if (isOver) controller.close();
        else controller.enqueue(encoder.encode(take()));
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
  return { readable, send: (event) => put(format(event)), close: end };
}

/** JSON text has no line breaks, so a single `data` line holds it. */
function format({ event, data }: StreamedEvent): string {
  return `event: ${event}\ndata: ${data}\n\n`;
}
