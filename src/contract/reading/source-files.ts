/** Reads the files that a document refers to. */
export interface SourceFiles {
  /** The URL of the document, which references are relative to. */
  readonly base: string;
  /** Reads a file by its URL; says why where it does not. */
  read(url: string): { readonly text: string; readonly name: string } | { readonly problem: string };
}

/** The extension of the document that has the files it refers to, by their names. */
export const FILES = 'x-referenced-files';
