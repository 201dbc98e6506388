import * as timers from 'node:timers';

/**
 * Node's timers, as they were when this file was loaded: test runners replace those of the global object and of the
 * module, in tests during which a server has to close.
 */
export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate } = timers;

/** The real time, in milliseconds since 1970; test runners replace `Date`, too. */
export const { now } = Date;
