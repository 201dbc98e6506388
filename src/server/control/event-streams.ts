import { memoize } from '../../memoize.ts';
import type { JournalEntry } from '../../mock/journal/journal.ts';
import type { CoreMock } from '../../mock/mock.ts';
import { type EventStream, openEventStream } from './event-stream.ts';

/** The open event streams, by mock. */
export interface EventStreams {
  /** Opens a stream of a mock's future requests and other changes. It ends when the mock is disposed of. */
  open(mock: CoreMock): ReadableStream<Uint8Array>;
  /** Reports a change other than a request. */
  changed(mock: CoreMock): void;
  /** Ends all streams. */
  close(): void;
}

/** Memoized, as every stream of the mock sends the same text. */
const jsonOf = memoize((entry: JournalEntry) => JSON.stringify(entry));

export function createEventStreams(): EventStreams {
  const streams = new Map<CoreMock, Set<EventStream>>();
  return {
    open: (mock) => {
      const stream = openEventStream(() => {
        unsubscribe();
        const others = streams.get(mock);
        others?.delete(stream);
        if (others?.size === 0) streams.delete(mock);
      });
      const unsubscribe = mock.journal.subscribe(
        (entry) => stream.send({ event: 'request', data: () => jsonOf(entry) }),
        stream.close,
      );
      const others = streams.get(mock) ?? new Set();
      streams.set(mock, others.add(stream));
      return stream.readable;
    },
    changed: (mock) => {
      for (const stream of streams.get(mock) ?? []) stream.send({ event: 'change', data: () => '{}' });
    },
    close: () => {
      for (const stream of [...streams.values()].flatMap((set) => [...set])) stream.close();
    },
  };
}
