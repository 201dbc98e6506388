import type { JournalEntry } from '../../mock/journal/journal.ts';
import type { CoreMock } from '../../mock/mock.ts';
import { createEventBudget, type EventStream, openEventStream } from './event-stream.ts';

/** The open event streams of all mocks. */
export interface EventStreams {
  /** Opens a stream of a mock's future requests and other changes. It ends when the mock is disposed of. */
  open(mock: CoreMock): ReadableStream<Uint8Array>;
  /** Ends all streams, and those that are opened later at once. */
  close(): void;
}

export function createEventStreams(): EventStreams {
  const streams = new Set<EventStream>();
  let isClosed = false;
  const budget = createEventBudget();
  let last: { readonly entry: JournalEntry; readonly json: string } | undefined;
  /** Every stream of the mock sends the same text. Only the last one is kept: it may be as long as a request. */
  const jsonOf = (entry: JournalEntry): string => {
    if (last?.entry !== entry) last = { entry, json: JSON.stringify(entry) };
    return last.json;
  };
  return {
    open: (mock) => {
      const stream = openEventStream(() => {
        unsubscribe();
        streams.delete(stream);
      }, budget);
      const unsubscribe = mock.subscribe((change) => {
        const { kind } = change;
        stream.send({
          event: kind,
          data: () =>
            change.kind === 'request' ? jsonOf(change.entry) : JSON.stringify({ parts: change.parts }),
        });
      }, stream.close);
      streams.add(stream);
      if (isClosed) stream.close();
      return stream.readable;
    },
    close: () => {
      isClosed = true;
      for (const stream of [...streams]) stream.close();
    },
  };
}
