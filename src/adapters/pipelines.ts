import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ProblemCode } from '../mock/problem.ts';
import { counted } from '../text/shown.ts';
import { closeGently, LINGER_MS } from './last-words.ts';
import { dropSent, hasBody, hasRoom, type Line, type Turn } from './line.ts';
import { hold, readOn, release } from './reading.ts';
import { createReadingTurns } from './reading-turns.ts';
import { clearTimeout, now, setImmediate, setTimeout } from './real-timers.ts';

/**
 * The requests of connections, each with its turn. A client may send many without waiting for answers (RFC 9112,
 * section 9.3.2); node:http would start all of them at once.
 */
export interface Pipelines {
  /** Answers a request when its turn comes: at once, unless too much waits before it on its connection. */
  take(incoming: IncomingMessage, response: ServerResponse, answer: RequestListener): void;
  /** The responses on a connection that have not been sent completely, in their order. */
  unsentOn(socket: Duplex): readonly ServerResponse[];
  /** Knows a connection from now on, and not only from its first request. */
  open(socket: Socket): void;
  /** Whether more has come on a connection than the requests that were taken. */
  hasBegun(socket: Socket): boolean;
  /** The open connections. */
  sockets(): readonly Socket[];
  /** How many connections there are. */
  readonly size: number;
  /** How many there have been. */
  readonly opened: number;
  /** Ends a connection, with the reason in place of the next answer where it can still be said. */
  refuse(socket: Socket, refusal: Refusal, incoming?: IncomingMessage): void;
  /**
   * From now on, the last answer to what a connection has sent says `Connection: close`. A connection with nothing to
   * answer may send once more, as its client may be doing so just now.
   * @param taken called when one has.
   */
  beginClosing(taken: () => void): void;
  /** Ends a connection on which nothing is to be answered. */
  end(socket: Socket): void;
}

/** Why a connection ends. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
}

export interface PipelineOptions {
  /** Whether a request is worked on while no other of its connection is, as its answer may be long. */
  readonly isAlone: (incoming: IncomingMessage) => boolean;
  /** Reports a refusal, and makes the last bytes of its connection. */
  readonly refusing: (refusal: Refusal, incoming: IncomingMessage | undefined) => string;
  /** Default {@link MAX_TURN_MS}. */
  readonly maxTurnMs?: number;
}

/**
 * Requests that wait for their turn, on all connections. On a single one, they are what one read of 64 KiB brings, as
 * node:http hands over all of it.
 */
export const MAX_WAITING_REQUESTS = 30_000;
/** Refused connections that stay open until their clients have read why: node:http keeps all that they have sent. */
const MAX_LINGERING = 16;
/** How long requests wait while nothing is sent on their connection; longer than any delay. */
export const MAX_TURN_MS = 65_000;

/** What is spent on requests that have waited before others get their turn. */
const MAX_SLICE_MS = 5;

const TOO_MANY: Refusal = {
  code: 'OVERLOADED',
  detail: `${counted(MAX_WAITING_REQUESTS, 'request')} wait for those before them on their connections; send the next ones when answers have come.`,
};
function tooLong(ms: number): Refusal {
  const detail = `Other requests of this connection have waited for ${ms / 1_000} seconds behind this one; send what may take long on a connection of its own.`;
  return { code: 'OVERLOADED', detail };
}

export function createPipelines({ isAlone, refusing, maxTurnMs = MAX_TURN_MS }: PipelineOptions): Pipelines {
  const lines = new Map<Duplex, Line>();
  /** Those that can go on. */
  const ready: Line[] = [];
  let waitingRequests = 0;
  let opened = 0;
  let refused = 0;
  let taken: (() => void) | null = null;
  const turns = createReadingTurns(() => lines.values());

  const open = (socket: Socket): Line => {
    const line: Line = {
      socket,
      unsent: [],
      waiting: [],
      bytesTaken: 0,
      hasWaited: false,
      patience: undefined,
      isLastCall: false,
      isOver: false,
    };
    opened += 1;
    lines.set(socket, line);
    socket.once('close', () => {
      forgetWaiting(line);
      line.isOver = true;
      lines.delete(socket);
    });
    return line;
  };

  const forgetWaiting = (line: Line): void => {
    clearTimeout(line.patience);
    waitingRequests -= line.waiting.length;
    line.waiting.length = 0;
  };

  // Called for every request, so it does as little as it can.
  const take = (incoming: IncomingMessage, response: ServerResponse, answer: RequestListener): void => {
    const { socket } = incoming;
    const line = lines.get(socket) ?? open(socket);
    if (line.isOver) {
      turns.count();
      return;
    }
    line.bytesTaken = hasBody(incoming) ? Number.POSITIVE_INFINITY : line.socket.bytesRead;
    dropSent(line);
    if (taken === null && line.waiting.length === 0 && hasRoom(line, incoming, isAlone)) {
      start(line, incoming, response, answer);
    } else {
      wait(line, { incoming, response, answer });
    }
  };

  const wait = (line: Line, turn: Turn): void => {
    turns.count();
    if (waitingRequests >= MAX_WAITING_REQUESTS) {
      cutOff(line, TOO_MANY, turn.incoming);
      return;
    }
    waitingRequests += 1;
    line.waiting.push(turn);
    line.hasWaited = true;
    if (taken !== null) {
      // An answer can say that it is the last only when all that has been read is known.
      if (!line.isLastCall) setImmediate(takeLast, line);
      line.isLastCall = true;
    } else if (line.waiting.length === 1) {
      hold(line.socket);
      line.patience = setTimeout(() => cutOff(line, tooLong(maxTurnMs)), maxTurnMs).unref();
      advanceAfterFirst(line);
    }
  };

  const advanceAfterFirst = (line: Line): void => {
    line.unsent[0]?.once('close', () => {
      if (ready.length === 0) setImmediate(advanceReady);
      ready.push(line);
    });
  };

  /** In other turns of the event loop, as what waits must not keep the requests of other connections waiting. */
  const advanceReady = (): void => {
    const end = now() + MAX_SLICE_MS;
    let count = 0;
    for (const line of ready) {
      count += 1;
      advance(line);
      if (now() >= end) break;
    }
    ready.splice(0, count);
    if (ready.length > 0) setImmediate(advanceReady);
  };

  /** Starts what waits as far as there is room. */
  const advance = (line: Line): void => {
    if (line.waiting.length === 0) return;
    dropSent(line);
    for (let next = line.waiting[0]; next && hasRoom(line, next.incoming, isAlone); next = line.waiting[0]) {
      line.waiting.shift();
      waitingRequests -= 1;
      start(line, next.incoming, next.response, next.answer);
    }
    if (line.waiting.length > 0) {
      line.patience?.refresh();
      advanceAfterFirst(line);
      return;
    }
    clearTimeout(line.patience);
    if (!line.isOver) turns.readAgain(line);
    else if (line.unsent.at(-1)?.req.complete === false) readOn(line.socket);
  };

  const cutOff = (line: Line, refusal: Refusal, incoming?: IncomingMessage): void => {
    const { socket } = line;
    forgetWaiting(line);
    line.isOver = true;
    hold(socket);
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
    /** Answers that were complete before come first. */
    const speak = (): void => {
      if (!socket.writable) return;
      dropSent(line);
      const [first] = line.unsent;
      if (first?.headersSent) first.once('close', speak);
      else end(refusing(refusal, incoming ?? first?.req));
    };
    const end = (bytes: string): void => {
      finish(socket, bytes);
      if (refused >= MAX_LINGERING) socket.once('finish', () => socket.destroy());
      refused += 1;
      socket.once('close', () => {
        refused -= 1;
      });
    };
    speak();
  };

  /** Lets the last answer say that it is; while its header has been sent, another one may follow. */
  const announceEnd = (line: Line): void => {
    const { socket } = line;
    dropSent(line);
    const last = line.waiting.at(-1)?.response ?? line.unsent.at(-1);
    if (!last || last.headersSent) return;
    last.shouldKeepAlive = false;
    line.isOver = true;
    // Node would close the connection while the client may be sending, and the client might never see the answer.
    socket.destroySoon = () => finish(socket);
    if (last.req.complete) hold(socket);
  };

  const takeLast = (line: Line): void => {
    if (line.isOver) return;
    announceEnd(line);
    taken?.();
    advance(line);
  };

  return {
    take,
    open,
    sockets: () => Array.from(lines.values(), ({ socket }) => socket),
    get size() {
      return lines.size;
    },
    get opened() {
      return opened;
    },
    hasBegun: (socket) => socket.bytesRead > (lines.get(socket)?.bytesTaken ?? 0),
    unsentOn: (socket) => {
      const line = lines.get(socket);
      if (!line) return [];
      dropSent(line);
      return [...line.unsent, ...line.waiting.map(({ response }) => response)];
    },
    refuse: (socket, refusal, incoming) => {
      const line = lines.get(socket);
      if (line) cutOff(line, refusal, incoming);
    },
    beginClosing: (call) => {
      taken = call;
      for (const line of lines.values()) announceEnd(line);
    },
    end: finish,
  };
}

function start(
  line: Line,
  incoming: IncomingMessage,
  response: ServerResponse,
  answer: RequestListener,
): void {
  line.unsent.push(response);
  answer(incoming, response);
}

function finish(socket: Socket, bytes = ''): void {
  release(socket);
  closeGently(socket, bytes);
}
