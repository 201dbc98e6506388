/** Loads the part of negotiator that is about `Accept` when it is called. */
declare function loadNegotiator(): (accept: string | undefined, offered: readonly string[]) => string[];
export = loadNegotiator;
