import { isDate } from '../built-ins.ts';
import { type Instant, MILLISECOND, parseInstant, TIME_FORMATS } from '../database/time.ts';
import { shown } from '../text/shown.ts';
import { UsageRangeError, UsageTypeError } from '../usage-error.ts';

/** A fixed time to start from, or the caller's own clock. */
export type ClockOption = string | Date | (() => Date);

/** The mock's present. */
export interface Clock {
  /** `running` with real time, `fixed`, or the `caller`'s own function, which cannot be moved. */
  readonly kind: ClockState['kind'];
  /**
   * To the millisecond; the mock itself counts in microseconds.
   * @throws {UsageRangeError} when the caller's own function returns an invalid Date.
   */
  now(): Date;
  /**
   * Stops the clock at a time: a `Date`, ISO 8601 text, or one relative to the present such as `now+15d`.
   * @throws {UsageRangeError} when the text is not a time.
   * @throws {UsageTypeError} when the clock is the caller's own function.
   */
  set(time: string | Date): void;
  /**
   * Moves the clock forward, or back, by milliseconds. One that runs goes on running.
   * @throws {UsageTypeError} when the clock is the caller's own function, or the number is not finite.
   * @throws {UsageRangeError} when it would leave the years 0 to 9999.
   */
  advance(milliseconds: number): void;
}

/** The state of a clock, as plain JSON. */
export type ClockState =
  | { readonly kind: 'fixed'; readonly instant: Instant }
  | { readonly kind: 'running'; readonly offset: number }
  | { readonly kind: 'caller' };

/** Whether a clock in this state shows a time that can be written down. */
export function isPossible(state: ClockState): boolean {
  if (state.kind === 'caller') return true;
  return isInstant(state.kind === 'fixed' ? state.instant : realInstant() + state.offset);
}

/** A clock, with what only its mock uses. */
export interface MockClock extends Clock {
  /** The present in microseconds. */
  instant(): Instant;
  state(): ClockState;
  /** Without a state, goes back to the start. */
  restore(state?: ClockState): void;
}

/**
 * @param changed called when the clock was moved.
 * @throws {UsageRangeError} when `option` is text that is not a time, or an invalid `Date`.
 */
export function createClock(option: ClockOption | undefined, changed: () => void): MockClock {
  const start: ClockState =
    typeof option === 'function'
      ? { kind: 'caller' }
      : option === undefined
        ? { kind: 'running', offset: 0 }
        : { kind: 'fixed', instant: instantOf(option, realInstant()) };
  let state = start;
  const instant = (): Instant => {
    if (state.kind === 'fixed') return state.instant;
    if (state.kind === 'running') return realInstant() + state.offset;
    return typeof option === 'function' ? instantOf(option(), realInstant()) : realInstant();
  };
  const move = (next: ClockState): void => {
    state = next;
    changed();
  };
  const refuseCaller = (): void => {
    if (state.kind === 'caller')
      throw new UsageTypeError('The clock is your own function; change what it returns.');
  };
  return {
    get kind() {
      return state.kind;
    },
    instant,
    now: () => new Date(Math.floor(instant() / MILLISECOND)),
    set: (time) => {
      refuseCaller();
      move({ kind: 'fixed', instant: instantOf(time, instant()) });
    },
    advance: (milliseconds) => {
      refuseCaller();
      if (!Number.isFinite(milliseconds)) {
        throw new UsageTypeError(
          `A clock advances by a number of milliseconds; found ${shown(milliseconds)}.`,
        );
      }
      const step = Math.round(milliseconds * MILLISECOND);
      if (!isInstant(instant() + step)) {
        throw new UsageRangeError(
          `The clock stays within the years 0 to 9999; found a step of ${milliseconds} ms.`,
        );
      }
      if (state.kind === 'running') move({ kind: 'running', offset: state.offset + step });
      else if (state.kind === 'fixed') move({ kind: 'fixed', instant: state.instant + step });
    },
    state: () => ({ ...state }),
    restore: (wanted = start) => {
      move(start.kind === 'caller' || wanted.kind === 'caller' ? start : { ...wanted });
    },
  };
}

/** Whether it is in a year of four digits; other times cannot be written as ISO 8601. */
function isInstant(value: unknown): value is Instant {
  if (typeof value !== 'number' || !Number.isInteger(value)) return false;
  const year = new Date(value / MILLISECOND).getUTCFullYear();
  return year >= 0 && year <= 9999;
}

function realInstant(): Instant {
  return Date.now() * MILLISECOND;
}

function instantOf(time: string | Date, now: Instant): Instant {
  const instant = isDate(time) ? time.getTime() * MILLISECOND : parseInstant(String(time), now);
  if (isInstant(instant)) return instant;
  throw new UsageRangeError(`The clock takes a valid Date, or ${TIME_FORMATS}; found ${shown(time)}.`);
}
