import { isObject } from '../../json.ts';
import { pointerTo } from '../../json-pointer.ts';
import { messageOf } from '../../text/message-of.ts';
import { ContractError } from '../contract-error.ts';
import type { FindingKind } from '../finding-kinds.ts';
import { countValues, MAX_VALUES } from './count-values.ts';
import { minorVersion, parseText } from './parse-document.ts';
import type { Place } from './place.ts';
import type { Reading } from './reading.ts';
import { FILES } from './source-files.ts';

/** Files that a document may refer to. */
const MAX_FILES = 1_000;

interface Problem {
  readonly kind: FindingKind;
  readonly detail: string;
}

/** The files that a document refers to. They become part of it, so that a local pointer leads to each. */
export class ReferencedFiles {
  readonly #reading: Reading;
  readonly #versions = new Map<string | number, number | undefined>();
  #count = 0;
  #values = 0;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** Whether a place is in a file of OpenAPI 3.0; `undefined` where it is in none that has a version. */
  isOld(place: Place): boolean | undefined {
    if (this.#count === 0) return undefined;
    let [at, below, file]: [Place, Place, Place] = [place, null, null];
    while (at) [at, below, file] = [at.owner, at, below];
    const version = below?.key === FILES && file ? this.#versions.get(file.key) : undefined;
    return version === undefined ? undefined : version === 0;
  }

  /** Reads a file, and says where in the document it is. */
  load(ref: string, url: string): Place | Problem {
    if (/^https?:/.test(url)) {
      return {
        kind: 'remote-reference',
        detail: `"${ref}" leads to ${url}; expected a reference within the document or to a file below its folder.`,
      };
    }
    const problem = (why: string): Problem => ({
      kind: 'file-reference',
      detail: `"${ref}" is not read: ${why}`,
    });
    const { source, document } = this.#reading;
    if (!source) return problem('files are read only for a contract that is given as a path or a file URL.');
    if (!url.startsWith('file:')) return problem('it is not the URL of a file.');
    if (this.#count === MAX_FILES) return problem(`the document refers to more than ${MAX_FILES} files.`);
    this.#count += 1;
    const read = source.read(url);
    if ('problem' in read) return problem(read.problem);
    try {
      const content = parseText(read.text, read.name, (detail) =>
        this.#reading.report('duplicate-key', pointerTo('', FILES, read.name), detail),
      );
      if (!isObject(content)) return problem('expected an object in it.');
      this.#values += countValues(content, read.name);
      if (this.#values > MAX_VALUES) return problem(`the files have more than ${MAX_VALUES} values.`);
      this.#versions.set(read.name, minorVersion(content));
      const files = isObject(document[FILES]) ? document[FILES] : {};
      Reflect.set(document, FILES, { ...files, [read.name]: content });
    } catch (cause) {
      if (cause instanceof ContractError) return problem(messageOf(cause));
      throw cause;
    }
    return { owner: { owner: null, key: FILES }, key: read.name };
  }
}
