import type { Finished } from '../cli/running.ts';

/** One case of a kind of attack. */
export interface Attack {
  /** What is sent, and where to. */
  readonly name: string;
  /** @throws {Error} (rejects) when something is not as it has to be. */
  make(site: Site): Promise<void>;
}

/** Where an attack takes place. */
export interface Site {
  /** An empty folder, which is deleted afterwards. */
  readonly folder: string;
  /** A size, by whether the attacks are run by hand or in CI. */
  size(large: number, small: number): number;
  /** Starts the built server, and a client beside it that measures what others wait. */
  serve(flags?: readonly string[]): Promise<Target>;
  /**
   * Runs the built command to its end.
   *
   * @param seconds how long it may take. Default 2.
   */
  command(args: readonly string[], seconds?: number): Promise<Finished>;
}

/** A server under attack. */
export interface Target {
  readonly port: number;
  /** Everything that the server has written. */
  output(): string;
  /** Sends a request, whose answer has to be a good one or a refusal in words. */
  ask(method: string, path: string, sent?: Sent): Promise<Received>;
  /** Keeps account of bytes that were sent, and of a status that came back, by other means than `ask`. */
  note(bytes: number, status: number | string): void;
  /** Signals the server, which is expected to exit: nobody has to be answered any more. */
  end(signal: NodeJS.Signals): Promise<Finished>;
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is text or bytes. */
  readonly body?: unknown;
}

export interface Received {
  readonly status: number;
  readonly text: string;
}

export const MEBIBYTE = 1_048_576;
export const STATS = '/api/projects/1/experiments/stats/';
export const KEY = { authorization: 'Bearer phx_experiment_read' };

/** Part of every key that an attack sends; it may never come out. Letters and digits, which nothing escapes. */
export const SECRET = 'Leak4711Leak';

/** What a server answers that has had enough. */
export const REFUSALS: ReadonlySet<number> = new Set([400, 413, 414, 429, 431, 503]);

/** Does something a number of times, some of them at once. */
export async function often(
  times: number,
  act: (index: number) => Promise<unknown>,
  atOnce = 10,
): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < times) {
      next += 1;
      await act(next - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** Opens a session and returns the path of its base URL; `null` when the server refused it. */
export async function openSession(target: Target, body: object = {}): Promise<string | null> {
  const { status, text } = await target.ask('POST', '/__mock__/sessions', { body });
  return status === 201 ? JSON.parse(text).path : null;
}
