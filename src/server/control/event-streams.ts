import { memoize } from '../../memoize.ts';
import type { JournalEntry } from '../../mock/journal/journal.ts';
import type { CoreMock } from '../../mock/mock.ts';
import { type EventStream, openEventStream } from './event-stream.ts';

/** The event streams that are open, by the mock that they tell of. */
export interface EventStreams {
  /** Opens one: what is asked of a mock from now on, and that something else of it has changed. */
  open(mock: CoreMock): ReadableStream<Uint8Array>;
  /** Something of a mock has changed that is no request. */
  changed(mock: CoreMock): void;
  /** Ends the streams of a mock that is gone; without one, all. */
  close(mock?: CoreMock): void;
}

/** Once for all streams that an entry goes to. */
const jsonOf = memoize((entry: JournalEntry) => JSON.stringify(entry));

/** Opens no stream yet. */
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
      const unsubscribe = mock.journal.subscribe((entry) =>
        stream.send({ event: 'request', data: () => jsonOf(entry) }),
      );
      const others = streams.get(mock) ?? new Set();
      streams.set(mock, others.add(stream));
      return stream.readable;
    },
    changed: (mock) => {
      for (const stream of streams.get(mock) ?? []) stream.send({ event: 'change', data: () => '{}' });
    },
    close: (mock) => {
      const ending = mock ? [...(streams.get(mock) ?? [])] : [...streams.values()].flatMap((set) => [...set]);
      for (const stream of ending) stream.close();
    },
  };
}
