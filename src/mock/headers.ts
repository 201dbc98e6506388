/** The mock's own headers: who answered, and why. */
export const OPERATION_HEADER = 'X-Mock-Operation';
export const SCENARIO_HEADER = 'X-Mock-Scenario';
export const SOURCE_HEADER = 'X-Mock-Source';
export const SYNTHETIC_HEADER = 'X-Mock-Synthetic';
export const HINT_HEADER = 'X-Mock-Hint';
/** How the answer breaks the contract, where it is sent all the same. */
export const VIOLATIONS_HEADER = 'X-Mock-Violations';
/** Also sent by clients whose base URL is fixed, to name their session. */
export const SESSION_HEADER = 'X-Mock-Session';
/** Sent by clients of a control plane that has a token. */
export const TOKEN_HEADER = 'X-Mock-Token';

/** Those that an answer can have. */
export const ANSWER_HEADERS = [
  HINT_HEADER,
  OPERATION_HEADER,
  SCENARIO_HEADER,
  SESSION_HEADER,
  SOURCE_HEADER,
  SYNTHETIC_HEADER,
  VIOLATIONS_HEADER,
] as const;
