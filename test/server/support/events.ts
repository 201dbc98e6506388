/** A reader of server-sent events. Disposed of, it leaves. */
export interface EventReader extends Disposable {
  /** What the next event of a kind says; others before it are left out. @throws {Error} (rejects) when the stream ends first. */
  next(kind: string): Promise<unknown>;
  /** The kinds of all events up to the next one of a kind, that one included. */
  kindsUntil(kind: string): Promise<readonly string[]>;
  /** The kinds of all events until the stream ends. */
  rest(): Promise<readonly string[]>;
}

export function readEvents({ body }: Response): EventReader {
  if (!body) throw new Error('The response has no body that could be read.');
  const reader = body.getReader();
  const events = eventsOf(reader);
  return {
    next: async (kind) => {
      for (let read = await events.next(); !read.done; read = await events.next()) {
        if (read.value.kind === kind) return JSON.parse(read.value.data);
      }
      throw new Error(`The stream has ended before an event "${kind}" came.`);
    },
    kindsUntil: async (kind) => {
      const kinds: string[] = [];
      for (let read = await events.next(); !read.done; read = await events.next()) {
        kinds.push(read.value.kind);
        if (read.value.kind === kind) return kinds;
      }
      throw new Error(`The stream has ended before an event "${kind}" came; it had ${kinds}.`);
    },
    rest: async () => {
      const kinds: string[] = [];
      for (let read = await events.next(); !read.done; read = await events.next())
        kinds.push(read.value.kind);
      return kinds;
    },
    [Symbol.dispose]: () => void reader.cancel(),
  };
}

/** As the HTML standard parses a stream, as far as this server writes one: comments, `event` and one line of `data`. */
async function* eventsOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<{ readonly kind: string; readonly data: string }, void> {
  const decoder = new TextDecoder();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map(toField));
      const [kind, data] = [fields.get('event'), fields.get('data')];
      if (kind !== undefined && data !== undefined) yield { kind, data };
    }
  }
}

function toField(line: string): [name: string, value: string] {
  const mark = line.indexOf(':');
  return [line.slice(0, mark), line.slice(mark + 1).trimStart()];
}
