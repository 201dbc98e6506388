import { MEBIBYTE } from './attack.ts';

/** What an innocent request may wait for each MiB that an attack brings, and at least. */
const STALL_MS = 50;

/** Keeps account of one attack. */
export interface Figures {
  /** A request or a connection of so many bytes was answered with a status. */
  note(bytes: number, status: number | string): void;
  /** Somebody waited for so many milliseconds. */
  waited(milliseconds: number): void;
  /** A command may take so many milliseconds. */
  allow(milliseconds: number): void;
  /** A process was seen to have so much memory. */
  grew(mebibytes: number): void;
  read(): Read;
}

export interface Read {
  /** Of the largest request or connection. */
  readonly bytes: number;
  /** The longest wait of an innocent request, or the time that a command took. */
  readonly stallMs: number;
  readonly boundMs: number;
  /** Each status or exit code, with how often it came. */
  readonly answers: string;
  /** The most memory of a process; 0 where /proc is missing. */
  readonly peakMib: number;
}

export function createFigures(): Figures {
  const answers = new Map<number | string, number>();
  let [bytes, stallMs, allowedMs, peakMib] = [0, 0, STALL_MS, 0];
  return {
    note: (sent, status) => {
      bytes = Math.max(bytes, sent);
      answers.set(status, (answers.get(status) ?? 0) + 1);
    },
    waited: (milliseconds) => {
      stallMs = Math.max(stallMs, milliseconds);
    },
    allow: (milliseconds) => {
      allowedMs = Math.max(allowedMs, milliseconds);
    },
    grew: (mebibytes) => {
      peakMib = Math.max(peakMib, mebibytes || 0);
    },
    read: () => ({
      bytes,
      stallMs,
      boundMs: Math.max(allowedMs, (bytes / MEBIBYTE) * STALL_MS),
      answers: [...answers]
        .map(([answer, times]) => (times === 1 ? `${answer}` : `${times} × ${answer}`))
        .join(', '),
      peakMib,
    }),
  };
}
