import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';
import { type ControlPlane, openControlPlane } from './control-plane.ts';
import {
  type ChangedPart,
  type ChangeRequestBody,
  type JournalEntry,
  MAX_ENTRIES,
  type MockChange,
  type PanelClock,
  type PanelSource,
  type PanelState,
  type PeopleRows,
  type Scenarios,
} from './panel-source.ts';
import { readPeople } from './people.ts';
import { sendRequest } from './send-request.ts';

/** The part of `GET fixtures` that the panel needs. */
interface Fixtures {
  readonly rows: PeopleRows;
}

/** The pause before a broken stream is opened again; it doubles each time, up to the maximum. */
const RECONNECT_MS = 1_000;
const MAX_RECONNECT_MS = 16_000;

/**
 * A mock behind a control plane.
 * @param base where the panel is served, such as `http://127.0.0.1:4010/__mock__/`.
 */
export function createControlPlaneSource(base: URL, token: string | null): PanelSource {
  const plane = openControlPlane(base, token);
  /** Read once, and again after a change that may concern them: requests come as events. */
  let people: Promise<Pick<PanelState, 'keys' | 'users'>> | null = null;
  let entries: Promise<readonly JournalEntry[]> | null = null;
  /** Of a large contract it has megabytes. A contract that was read again comes with its rows. */
  let catalogue: Promise<Pick<PanelState, 'catalogue' | 'operations'>> | null = null;
  const forget = (parts: readonly ChangedPart[] = ['rows', 'journal']) => {
    if (parts.includes('rows')) people = catalogue = null;
    if (parts.includes('journal')) entries = null;
  };
  const urlOf = (path: string) => new URL(`..${path.replace(/^\/?/, '/')}`, base);

  return {
    urlOf: (path) => urlOf(path).href,
    // A link cannot send the token.
    contractUrl: token === null ? new URL('contract', base).href : null,
    read: async () => {
      people ??= plane.call<Fixtures>('fixtures').then(({ rows }) => readPeople(rows));
      entries ??= readEntries(plane);
      catalogue ??= plane
        .call<Scenarios>('scenarios')
        .then(({ scenarios, operations }) => ({ catalogue: scenarios, operations }));
      const asked = [
        people,
        entries,
        catalogue,
        plane.call<Pick<Scenarios, 'selected'>>('scenario'),
        plane.call<PanelClock>('clock'),
        plane.find<{ readonly changeRequests: readonly ChangeRequestBody[] }>('change-requests'),
      ] as const;
      try {
        const [known, shown, selectable, { selected }, clock, found] = await Promise.all(asked);
        const changeRequests = found?.changeRequests ?? null;
        return { ...known, ...selectable, selected, clock, changeRequests, entries: shown };
      } catch (cause) {
        forget();
        throw cause;
      }
    },
    subscribe: (changed) => {
      const ended = new AbortController();
      void follow(plane, ended.signal, (change) => {
        if (change?.kind === 'request') {
          const { entry } = change;
          entries = entries?.then((known) => withEntry(known, entry)) ?? null;
        } else forget(change?.parts);
        changed();
      });
      return () => ended.abort();
    },
    use: (scenario, choice) => plane.call('scenario', 'PUT', { scenario, ...choice }),
    takeBack: (operation) => plane.call('scenario', 'PUT', { scenario: null, operation }),
    reset: () => plane.call<void>('reset', 'POST').finally(() => forget()),
    setClock: (now) => plane.call('clock', 'PUT', { now }),
    advanceClock: (advance) => plane.call('clock', 'PUT', { advance }),
    decide: async (id, { kind, ...body }) => {
      const path = `change-requests/${encodeURIComponent(id)}/${kind}`;
      return (await plane.call<{ readonly message: string }>(path, 'POST', body)).message;
    },
    send: ({ path, ...request }) => sendRequest(fetch, { ...request, url: urlOf(path) }),
    coverage: () => plane.call('coverage'),
    clearRequests: () => plane.call<void>('requests', 'DELETE').finally(() => forget()),
  };
}

/** Calls back with every change, and with `null` when changes may have been missed. */
async function follow(
  plane: ControlPlane,
  signal: AbortSignal,
  changed: (change: MockChange | null) => void,
): Promise<void> {
  let pause = RECONNECT_MS;
  while (!signal.aborted) {
    try {
      // `EventSource` could not send the token.
      const stream = await plane.events(signal);
      pause = RECONNECT_MS;
      // The stream has no events from before it was opened.
      changed(null);
      const events = stream.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
      // Not every browser can iterate over a stream.
      await events.pipeTo(
        new WritableStream({
          write: (event) => changed(changeOf(event)),
        }),
      );
    } catch {
      // Reading fails for the same reason and reports it.
    }
    if (signal.aborted) return;
    changed(null);
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, MAX_RECONNECT_MS);
  }
}

/** `null`: more came than could be sent. */
function changeOf({ event, data }: EventSourceMessage): MockChange | null {
  if (event === 'request') return { kind: 'request', entry: JSON.parse(data) };
  return event === 'change' ? { kind: 'change', ...JSON.parse(data) } : null;
}

async function readEntries(plane: ControlPlane): Promise<readonly JournalEntry[]> {
  const path = `requests?limit=${MAX_ENTRIES}`;
  const { requests } = await plane.call<{ readonly requests: readonly JournalEntry[] }>(path);
  return requests.slice(-MAX_ENTRIES);
}

/** An entry may come twice, in the list and as an event. */
function withEntry(known: readonly JournalEntry[], entry: JournalEntry): readonly JournalEntry[] {
  const others = known.filter(({ number }) => number !== entry.number);
  return [...others, entry].toSorted((a, b) => a.number - b.number).slice(-MAX_ENTRIES);
}
