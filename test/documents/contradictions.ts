/**
 * Operations of which a document says something that no answer can keep, by document and operation, with the reason.
 * One that is answered validly after all does not belong here: the test says so.
 */
export const CONTRADICTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'circular-request-bodies-3.0': {
    'POST /direct': 'every node requires a parent that is a node, so a body has no end',
  },
  'http-status-codes-3.0': Object.fromEntries(
    [100, 101, 102, 103].map((status) => [
      `GET /status/${status}`,
      'an informational status is no final answer, and no other one is described',
    ]),
  ),
};
