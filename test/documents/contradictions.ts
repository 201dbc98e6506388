/**
 * Operations of which a document says something that no answer can keep, by document and operation, with the reason.
 * One that is answered validly after all does not belong here: the test says so.
 */
export const CONTRADICTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
