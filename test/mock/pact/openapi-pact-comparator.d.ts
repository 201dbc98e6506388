/** The package's own types do not resolve. */
declare module '@pactflow/openapi-pact-comparator' {
  export class Comparator {
    constructor(openapi: object);
    compare(pact: object): AsyncIterable<{ readonly code: string; readonly message: string }>;
  }
}
