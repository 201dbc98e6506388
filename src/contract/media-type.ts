/** Whether a media type is JSON: `application/json`, `application/problem+json`, … */
export function isJson(mediaType: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(mediaType);
}

/** A media type to send for a range: JSON for ranges that include it, else plain text of that type. */
export function toSendable(mediaType: string): string {
  return /^(\*|application)\/\*/.test(mediaType) ? 'application/json' : mediaType.replace('/*', '/plain');
}
