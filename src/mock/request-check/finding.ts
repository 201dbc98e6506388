import { cut } from '../../text/printable.ts';
import { isSecretField, withoutSecrets } from '../../text/secrets.ts';

/** One way in which a request breaks the contract. */
export interface RequestFinding {
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'body';
  /** Of a parameter or header. */
  readonly name?: string;
  /** JSON pointer into the value or the body; absent: all of it is meant. */
  readonly pointer?: string;
  /** What is expected, and what was found. */
  readonly detail: string;
}

/** A finding as the checks give it. */
export interface Found {
  readonly finding: RequestFinding;
  /** What the hint says; empty where the sentence of another finding says it, too. */
  readonly sentence: string;
}

/** What the contract has against a request. */
export interface RequestVerdict {
  readonly findings: readonly RequestFinding[];
  /** How many there are; only the first {@link MAX_FINDINGS} are listed. */
  readonly count: number;
  /** `null` where there are none. */
  readonly hint: string | null;
}

/** Findings that are listed of a request. */
export const MAX_FINDINGS = 50;
/** Of each text of a finding, in characters: it may quote a name from the request. */
const MAX_TEXT_LENGTH = 500;

/** The request keeps the contract, or is not checked. */
export const NOTHING_FOUND: RequestVerdict = { findings: [], count: 0, hint: null };

export const NONE: readonly Found[] = [];

export function toVerdict(found: readonly Found[]): RequestVerdict {
  if (found.length === 0) return NOTHING_FOUND;
  const listed = found.slice(0, MAX_FINDINGS);
  const sentences = listed.flatMap(({ sentence }) => (sentence === '' ? [] : [sentence]));
  return { findings: listed.map(({ finding }) => finding), count: found.length, hint: sentences.join(' ') };
}

/** Takes the place of findings that are only counted: a request may have thousands. */
const UNLISTED: Found = { finding: { in: 'query', detail: '' }, sentence: '' };

/** Makes the findings that are listed. */
export function foundOf<T>(items: readonly T[], make: (item: T, index: number) => Found): readonly Found[] {
  return items.map((item, index) => (index < MAX_FINDINGS ? make(item, index) : UNLISTED));
}

/** @param sentence by default the finding itself, after its place. */
export function found(finding: RequestFinding, sentence = sentenceOf(finding)): Found {
  const { in: place, name, pointer, detail } = finding;
  return {
    finding: {
      in: place,
      ...(name !== undefined && { name: cut(name, MAX_TEXT_LENGTH) }),
      ...(pointer !== undefined &&
        pointer !== '' && { pointer: cut(withoutSecrets(pointer), MAX_TEXT_LENGTH) }),
      detail: cut(namesSecret(finding) ? NOT_SHOWN : detail, MAX_TEXT_LENGTH),
    },
    sentence: namesSecret(finding) ? '' : sentence,
  };
}

/** In place of a detail that could quote a key. */
export const NOT_SHOWN = 'the value does not fit its schema; it is not shown, as it may be a key.';

/** Whether the detail may quote a key, by the name of what has it. */
function namesSecret({ pointer }: RequestFinding): boolean {
  return pointer !== undefined && isSecretField(pointer);
}

/** `The query parameter "limit", at /0: expected integer, found "a".` */
function sentenceOf({ in: place, name, pointer, detail }: RequestFinding): string {
  const owner =
    place === 'body' ? 'The body' : `The ${place === 'header' ? 'header' : `${place} parameter`} "${name}"`;
  return `${owner}${pointer ? `, at ${withoutSecrets(pointer)}` : ''}: ${detail}`;
}
