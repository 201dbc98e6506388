import type { HeaderField } from '../contract/message.ts';

/** An answer to be compared, from a live server or from the mock. */
export interface ComparedAnswer {
  readonly status: number;
  readonly headers: readonly HeaderField[];
  /** `null`: none was sent. */
  readonly contentType: string | null;
  /** The content type as a report may repeat it. Default: as it is. */
  readonly shownType?: string | null;
  /** Decoded; `null` for an answer to HEAD. */
  readonly body: string | null;
}
