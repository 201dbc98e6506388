import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** An OpenAPI document, as far as the tests read it. */
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly responses: Readonly<Record<string, DescribedResponse>> };
}

export interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly requestBody?: DescribedResponse;
  readonly responses: Readonly<Record<string, DescribedResponse | { readonly $ref: string }>>;
}

interface DescribedResponse {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

/** Holds answers against an OpenAPI document, by a validator that is not the server's. */
export interface DocumentCheck {
  readonly operations: readonly Operation[];
  /** `undefined`: the document has no such route. */
  operationOf(method: string, path: string): Operation | undefined;
  /** @throws {Error} when status, content type or body are not what the document says; without a body, only those are looked at. */
  check(operation: Operation | undefined, response: Response, body?: string): void;
  /** @throws {Error} when a value is not what a schema of the document says, or the schema is none. */
  checkValue(schema: object, value: unknown): void;
}

export function createDocumentCheck(document: Document): DocumentCheck {
  const { components } = document;
  const operations = operationsOf(document);
  // Schemas for unions of types are fine; requiring what another branch describes is, too.
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
  formats.default(ajv);
  ajv.addVocabulary(['components']);
  const validators = new Map<object, ReturnType<typeof ajv.compile>>();
  const checkValue = (schema: object, value: unknown): void => {
    const validate = validators.get(schema) ?? ajv.compile({ ...schema, components });
    validators.set(schema, validate);
    if (!validate(value)) throw new Error(`${ajv.errorsText(validate.errors)}: ${JSON.stringify(value)}`);
  };
  const responseTo = ({ responses }: Operation, status: number) => {
    const described = responses[status] ?? responses[`${Math.floor(status / 100)}XX`];
    if (!described || !('$ref' in described)) return described;
    return components.responses[described.$ref.replace('#/components/responses/', '')];
  };
  return {
    operations,
    operationOf: (method, path) => operations.find((operation) => isFor(operation, method, path)),
    checkValue,
    check: (operation = unknownRoute(operations), response, body) => {
      const { status, headers, url } = response;
      const context = `${operation.method} ${url} answered ${status}`;
      const described = responseTo(operation, status);
      if (!described) throw new Error(`${context}, which the document does not have.`);
      const type = headers.get('content-type')?.replace(/;.*/, '') ?? null;
      const media = described.content?.[type ?? ''];
      if (!media && (described.content || type !== null)) {
        throw new Error(
          `${context} with ${type}, where the document has ${Object.keys(described.content ?? {})}.`,
        );
      }
      if (body === undefined) return;
      if (!media && body !== '') throw new Error(`${context} with a body where the document has none.`);
      if (media) checkValue(media.schema, type?.endsWith('json') ? JSON.parse(body) : body);
    },
  };
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

function operationsOf({ paths }: Document): readonly Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) => ({
      // Redocly's rules, which the document passes, have looked at its form.
      ...(item[method] as Operation),
      method: method.toUpperCase(),
      path,
    })),
  );
}

function isFor(operation: Operation, method: string, path: string): boolean {
  const [bare = ''] = path.split('?');
  const pattern = operation.path.replaceAll(/\{\w+\}/g, '[^/]+').replaceAll('.', String.raw`\.`);
  return operation.method === (method === 'HEAD' ? 'GET' : method) && new RegExp(`^${pattern}/?$`).test(bare);
}

/** A route that the document does not have can only fail, as every other one does. */
function unknownRoute([first]: readonly Operation[]): Operation {
  const failures = Object.entries(first?.responses ?? {}).filter(([status]) => status.endsWith('XX'));
  return { operationId: '', method: '', path: '', responses: Object.fromEntries(failures) };
}
