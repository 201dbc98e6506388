/** A mistake that is made on purpose, and the tool that has to find it. */
export interface Fault {
  /** Where the mistake is. */
  readonly where: 'contract' | 'fixture' | 'client' | 'live server' | 'test suite';
  readonly what: string;
  /** The name of the tool. */
  readonly tool: string;
  /** Uses the tool on the same with or without the mistake; returns what the tool has to say. */
  readonly look: (hasFault: boolean) => readonly string[] | Promise<readonly string[]>;
}

/** What came of a fault. */
export interface Verdict {
  /** The first thing that the tool says of the fault; `null`: it says nothing. */
  readonly says: string | null;
  /** What the tool says although nothing is wrong; `null`: nothing, as it should. */
  readonly falseAlarm: string | null;
}

export async function judge({ look }: Fault): Promise<Verdict> {
  const [falseAlarm = null] = await look(false);
  const [says = null] = await look(true);
  return { says, falseAlarm };
}

/** Replaces a part of a text, which has to be there: otherwise a fault would be none. */
export function replaced(text: string, part: string, by: string): string {
  if (!text.includes(part)) throw new Error(`There is no ${JSON.stringify(part)} to replace.`);
  return text.replaceAll(part, () => by);
}
