import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { RefuseDelay } from '../mock/answer.ts';
import { problem } from '../mock/problem.ts';
import { counted } from '../text/shown.ts';
import { breakConnection } from './break-connection.ts';

/** Replies that wait for their delay. */
export interface DelayedReplies {
  /** Why no other reply may wait; `null`: it may. */
  readonly refuse: RefuseDelay;
  /** Calls back after a delay, unless the client leaves. */
  after(delayMs: number, response: ServerResponse, socket: Socket, call: () => void): void;
  hurry(): void;
}

/** Answers of a listener that may wait for their delay at a time. */
export const MAX_DELAYED = 10_000;

/** @param max replies that may wait at a time. */
export function createDelayedReplies(max: number): DelayedReplies {
  const waiting = new Set<() => void>();
  let isHurried = false;
  return {
    refuse: () =>
      waiting.size < max
        ? null
        : problem('OVERLOADED', `${counted(max, 'answer')} already wait for their delay.`),
    after: (delayMs, response, socket, call) => {
      if (delayMs === 0) return call();
      const isEndless = delayMs === Number.POSITIVE_INFINITY;
      const send = (): void => {
        clearTimeout(timer);
        // The client of an answer that never comes must not take this for the end of an idle connection.
        if (isEndless) breakConnection(response);
        else call();
      };
      const timer = isEndless ? undefined : setTimeout(send, delayMs);
      if (isHurried) return send();
      waiting.add(send);
      whenOver(socket, response, () => {
        clearTimeout(timer);
        waiting.delete(send);
      });
    },
    hurry: () => {
      isHurried = true;
      for (const send of waiting) send();
    },
  };
}

/** Calls back once, when the response has been sent or the client has left. */
export function whenOver(socket: Socket, response: ServerResponse, call: () => void): void {
  socket.setMaxListeners(0);
  let isOver = false;
  const over = (): void => {
    // Both events may come, and one during the other.
    if (isOver) return;
    isOver = true;
    response.off('close', over);
    socket.off('close', over);
    call();
  };
  response.once('close', over);
  // A response behind another one on the same connection gets no event when the client leaves.
  socket.once('close', over);
}
