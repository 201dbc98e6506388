import { essenceOf } from '../media-type.ts';

/** The smallest files of types of bytes, in Base64: of one pixel, and a few bytes that are no text in any encoding. */
const FILES: ReadonlyMap<string, string> = new Map([
  [
    'image/png',
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==',
  ],
  [
    'image/jpeg',
    '/9j/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z',
  ],
  ['image/webp', 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=='],
]);

/** Types of bytes for which a few have to do. */
const OTHER_BYTES = /^(?:application\/octet-stream$|audio\/|font\/|video\/)/;

/** Bytes that no schema says more about. */
const OCTETS = '\0\x01\xfe\xff';

/**
 * The bytes that stand for a made value in a media type, one in each character (ISO 8859-1); `undefined` for a type of
 * text, and for a value that is more than bytes.
 */
export function bytesOf(value: unknown, mediaType: string): string | undefined {
  const type = essenceOf(mediaType);
  if (OTHER_BYTES.test(type)) return typeof value === 'string' ? OCTETS : undefined;
  const file = FILES.get(type);
  return file === undefined ? undefined : atob(file);
}
