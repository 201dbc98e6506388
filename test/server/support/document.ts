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

/** Checks answers against an OpenAPI document, with a validator other than the server's. */
export interface DocumentCheck {
  readonly operations: readonly Operation[];
  /** `undefined` when the document has no such route. */
  operationOf(method: string, path: string): Operation | undefined;
  /** @throws {Error} when status, content type or body (if given) do not match the document. */
  check(operation: Operation | undefined, response: Response, body?: string): void;
  /** @throws {Error} when the value does not match the schema, or the schema is invalid. */
  checkValue(schema: object, value: unknown): void;
}

export function createDocumentCheck(document: Document): DocumentCheck {
  const { components } = document;
  const operations = operationsOf(document);
  // Allows unions of types, and required properties that another branch describes.
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
      // The document's structure is checked by Redocly's rules.
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

/** An undocumented route can only fail, with a problem like any other route. */
function unknownRoute([first]: readonly Operation[]): Operation {
  const failures = Object.entries(first?.responses ?? {}).filter(([status]) => status.endsWith('XX'));
  return { operationId: '', method: '', path: '', responses: Object.fromEntries(failures) };
}
