import type { Parameter } from '../../contract/contract.ts';
import { readCookies } from '../../contract/cookies.ts';
import type { HttpRequest } from '../../contract/message.ts';
import type { Route } from '../../contract/router.ts';
import { checkAt } from '../../contract/schema.ts';
import type { SchemaViolation } from '../../contract/violations.ts';
import { parseJson } from '../../json.ts';
import { isSecretField } from '../../text/secrets.ts';
import { shown } from '../../text/shown.ts';
import { isSecretHeader } from '../journal/redact.ts';
import { type Found, found, foundOf, NONE, NOT_SHOWN } from './finding.ts';
import { readText, STARTS } from './styles.ts';
import { typesAt, violationsOfText } from './typed-value.ts';

/** What the contract has against the parameters in the path of a request. */
export function checkPath(document: object, { operation, parameters }: Route): readonly Found[] {
  return operation.parameters.flatMap((parameter) => {
    const text = parameter.in === 'path' ? parameters[parameter.name] : undefined;
    return text === undefined ? NONE : checkText(document, parameter, text);
  });
}

/** What the contract has against the headers and cookies of a request. Those that it does not have are fine. */
export function checkFields(
  document: object,
  parameters: readonly Parameter[],
  { headers }: HttpRequest,
): readonly Found[] {
  const cookies = readCookies(headers.cookie);
  return parameters.flatMap((parameter) => {
    if (isSpread(document, parameter)) return NONE;
    const { name, required } = parameter;
    const text = parameter.in === 'cookie' ? cookies.get(name) : headers[name.toLowerCase()];
    if (text !== undefined) return checkText(document, parameter, text.trim());
    if (!required) return NONE;
    const detail = 'expected a value, as it is required; found none.';
    return [found({ in: parameter.in, name, detail })];
  });
}

/** What OpenAPI describes elsewhere; a parameter of this name means nothing. */
const NO_PARAMETERS = /^(accept|content-type|authorization)$/i;

/** Whether a parameter is in a header or a cookie. */
export function isField({ in: place, name }: Parameter): boolean {
  return place === 'cookie' || (place === 'header' && !NO_PARAMETERS.test(name));
}

/** Whether the members of an object may be cookies of their own. */
function isSpread(document: object, { in: place, explode, mediaType, schema }: Parameter): boolean {
  return (
    place === 'cookie' && explode && mediaType === undefined && typesAt(document, schema).includes('object')
  );
}

function checkText(document: object, parameter: Parameter, text: string): readonly Found[] {
  const { in: place, name } = parameter;
  return foundOf(violationsOf(document, parameter, text), (violation, index) => {
    const finding = { in: place, name, ...violation };
    // A pointer would tell of members.
    if (isHidden(parameter)) return found({ in: place, name, detail: NOT_SHOWN });
    return index === 0 ? found(finding) : found(finding, '');
  });
}

/** Journal and log show no cookies, and no header that is usually secret. */
function isHidden({ in: place, name }: Parameter): boolean {
  return place === 'cookie' || (place === 'header' && isSecretHeader(name)) || isSecretField(name);
}

function violationsOf(document: object, parameter: Parameter, text: string): readonly SchemaViolation[] {
  const { schema, isJson, mediaType, style } = parameter;
  if (isJson) {
    const json = parseJson(text);
    if (json === undefined) return [{ pointer: '', detail: `expected JSON, found ${shown(text)}.` }];
    return schema === undefined ? [] : checkAt(document, schema)(json);
  }
  const types = typesAt(document, schema);
  if (schema === undefined || mediaType !== undefined || types.length === 0) return [];
  const candidates = readText(parameter, types, text);
  if (candidates !== null) return violationsOfText(document, schema, candidates);
  const detail = `expected the style "${style}", which begins with "${STARTS.get(style)}", found ${shown(text)}.`;
  return [{ pointer: '', detail }];
}
