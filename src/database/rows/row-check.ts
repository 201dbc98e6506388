import { isObject, type JsonObject } from '../../json.ts';
import { didYouMean } from '../../text/nearest-name.ts';
import { shown } from '../../text/shown.ts';
import { DAY, isRelativeTime, parseInstant, TIME_FORMATS } from '../time.ts';
import { experimentStatus } from './derived.ts';
import type { Model } from './models.ts';
import { valuesAt } from './paths.ts';
import { checkSchema, type RowFinding } from './schema-check.ts';

/** Checks a row by itself: its schema, its times and time zones, its status. */
export function checkRow(model: Model, row: unknown): RowFinding[] {
  const findings = checkSchema(model, row);
  for (const { pointer, text } of textsAt(row, model.times))
    if (!isTime(text))
      findings.push({ pointer, detail: `${shown(text)} is not a time; use ${TIME_FORMATS}` });
  for (const { pointer, text } of textsAt(row, model.timeZones))
    if (!isExample(model, pointer, text) && !isTimeZone(text))
      findings.push({ pointer, detail: explainUnknownTimeZone(text) });
  if (model.collection === 'experiments' && isObject(row)) findings.push(...checkStatus(row));
  return findings;
}

/** The strings at some paths. Values of another type are left to the schema. */
function textsAt(row: unknown, paths: readonly string[]): { pointer: string; text: string }[] {
  return paths
    .flatMap((path) => valuesAt(row, path))
    .flatMap(({ pointer, value }) => (typeof value === 'string' ? [{ pointer, text: value }] : []));
}

/** More than a test needs, and far less than the 270,000 years that a Date can hold. */
const MAX_DISTANCE = 1_000 * 365 * DAY;

function isTime(text: string): boolean {
  const instant = parseInstant(text, 0);
  return instant !== undefined && (!isRelativeTime(text) || Math.abs(instant) <= MAX_DISTANCE);
}

/** Examples in the schema need no check: the first use of Intl would cost a cold start 12 ms. */
function isExample({ schema }: Model, pointer: string, text: string): boolean {
  return schema.properties[pointer.slice(1)]?.examples?.includes(text) ?? false;
}

function isTimeZone(name: string): boolean {
  // PostHog takes an empty time zone for UTC.
  if (name === '') return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function explainUnknownTimeZone(name: string): string {
  const guess = didYouMean(name, Intl.supportedValuesOf('timeZone'), ' One is "Europe/Prague".');
  return `${shown(name)} is not an IANA time zone.${guess}`;
}

function checkStatus(experiment: JsonObject): RowFinding[] {
  const { status } = experiment;
  const derived = experimentStatus(experiment);
  if (status === undefined || status === derived) return [];
  const detail = `${shown(status)} does not agree with start_date and end_date, which say ${shown(derived)}; leave it out, or change them`;
  return [{ pointer: '/status', detail }];
}
