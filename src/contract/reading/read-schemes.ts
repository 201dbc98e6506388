import type { JsonObject } from '../../json.ts';
import { memoize } from '../../memoize.ts';
import type { SecurityScheme } from '../contract.ts';
import type { Located, Reading } from './reading.ts';

/** The security schemes of a document, by name. Those that it does not describe as OpenAPI does are left out. */
export const readSchemes = memoize((reading: Reading): ReadonlyMap<string, SecurityScheme> => {
  const components = reading.object({ value: reading.document, pointer: '' }, 'components');
  const described = components && reading.object(components, 'securitySchemes');
  return new Map(
    reading.objects(described).flatMap(([name, scheme]) => {
      const read = readScheme(reading, name, scheme);
      return read ? [[name, read]] : [];
    }),
  );
});

function readScheme(reading: Reading, name: string, scheme: Located<JsonObject>): SecurityScheme | undefined {
  switch (scheme.value.type) {
    case 'apiKey': {
      const place = reading.text(scheme, 'in');
      const isKnown = place === 'header' || place === 'query' || place === 'cookie';
      return isKnown ? { name, kind: place, parameter: reading.text(scheme, 'name') } : undefined;
    }
    case 'http':
      return { name, kind: reading.text(scheme, 'scheme').toLowerCase(), parameter: AUTHORIZATION };
    case 'oauth2':
    case 'openIdConnect':
      return { name, kind: 'bearer', parameter: AUTHORIZATION };
    case 'mutualTLS':
      return { name, kind: 'mutual-tls', parameter: '' };
    default:
      return undefined;
  }
}

const AUTHORIZATION = 'Authorization';
