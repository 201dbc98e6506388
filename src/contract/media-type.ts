import { shown, shownFew } from '../text/shown.ts';

/** Whether a media type is JSON: `application/json`, `application/problem+json`, … */
export function isJson(mediaType: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(mediaType);
}

/** Without parameters, in lower case. */
export function essenceOf(mediaType: string): string {
  const [essence = ''] = mediaType.split(';', 1);
  return essence.trim().toLowerCase();
}

/** The declared media type, or range, that a media type fits best. */
export function declaredFor(declared: Iterable<string>, mediaType: string): string | undefined {
  const essence = essenceOf(mediaType);
  const [type = ''] = essence.split('/', 1);
  const byEssence = new Map<string, string>();
  for (const name of declared) {
    if (name === mediaType) return name;
    const key = essenceOf(name);
    if (!byEssence.has(key)) byEssence.set(key, name);
  }
  return byEssence.get(essence) ?? byEssence.get(`${type}/*`) ?? byEssence.get('*/*') ?? byEssence.get('*');
}

/** For messages, where a media type is not among the declared ones; `undefined`: there is none. */
export function otherMediaType(declared: Iterable<string>, mediaType: string | undefined): string {
  const names = [...declared];
  const found = mediaType === undefined ? 'none' : shown(mediaType);
  return `expected ${names.length === 1 ? '' : 'one of '}${shownFew(names)}; found ${found}.`;
}

/** A media type that exists, for a range of them; any other type as it is. Parameters are kept. */
export function toSendable(mediaType: string): string {
  const range = rangeOf(mediaType);
  if (range === undefined) return mediaType;
  const [, parameters = ''] = /^[^;]*(;.*)?$/s.exec(mediaType) ?? [];
  return (SENDABLE.get(range) ?? `${range}/plain`) + parameters;
}

/** What a range of media types is of: `image`, `*`; `undefined` for a type. */
export function rangeOf(mediaType: string): string | undefined {
  const [, range] = /^([^/;]+)\/\*\s*(?:;|$)/.exec(mediaType) ?? [];
  return range?.trim().toLowerCase();
}

/** For ranges, by the types that they are of. */
const SENDABLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '*': 'application/json',
    application: 'application/json',
    audio: 'audio/mpeg',
    font: 'font/woff2',
    image: 'image/gif',
    message: 'message/http',
    model: 'model/obj',
    multipart: 'multipart/form-data',
    text: 'text/plain',
    video: 'video/mp4',
  }),
);
