import { EventSourceParserStream } from 'eventsource-parser/stream';

/** Reads server-sent events. Disposing of it closes the connection. */
export interface EventReader extends Disposable {
  /**
   * The data of the next event of a kind; skips those before it.
   *
   * @throws {Error} (rejects) when the stream ends first.
   */
  next(kind: string): Promise<unknown>;
  /** The kinds of all events up to the next one of a kind, and that kind. */
  kindsUntil(kind: string): Promise<readonly string[]>;
  /** The kinds of all events until the stream ends. */
  rest(): Promise<readonly string[]>;
}

export function readEvents({ body }: Response): EventReader {
  if (!body) throw new Error('The response has no body that could be read.');
  const reader = body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  const readUntil = async (last?: string) => {
    const kinds: string[] = [];
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const { event = 'message', data } = read.value;
      kinds.push(event);
      if (event === last) return { kinds, data };
    }
    if (last === undefined) return { kinds, data: '' };
    throw new Error(`The stream has ended before an event "${last}" came; it had ${kinds}.`);
  };
  return {
    next: async (kind) => JSON.parse((await readUntil(kind)).data),
    kindsUntil: async (kind) => (await readUntil(kind)).kinds,
    rest: async () => (await readUntil()).kinds,
    [Symbol.dispose]: () => void reader.cancel(),
  };
}
