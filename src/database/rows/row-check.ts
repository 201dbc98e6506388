import { isObject, type JsonObject } from '../../json.ts';
import { BoundedCache } from '../../memoize.ts';
import { didYouMean } from '../../text/nearest-name.ts';
import { shown } from '../../text/shown.ts';
import { DAY, isRelativeTime, parseInstant, TIME_FORMATS } from '../time.ts';
import { experimentStatus } from './derived.ts';
import type { Model } from './models.ts';
import { placesAt, valuesAt } from './paths.ts';
import { MAX_FINDINGS, type RowFinding } from './schema-check.ts';

/** Checks a row by itself: its schema, its times and time zones, its status. */
export function checkRow(model: Model, row: unknown): readonly RowFinding[] {
  let findings = model.checkSchema(row);
  const add = (more: readonly RowFinding[]) => {
    if (more.length > 0) findings = [...findings, ...more].slice(0, MAX_FINDINGS);
  };
  for (const path of model.times) add(checkTexts(row, path, isTime, explainTime));
  for (const path of model.timeZones) {
    const isRight = (text: string) => isExample(model, path, text) || isTimeZone(text);
    add(checkTexts(row, path, isRight, explainTimeZone));
  }
  if (model.collection === 'experiments' && isObject(row)) add(checkStatus(row));
  return findings;
}

const NONE: readonly RowFinding[] = [];

/** Checks the strings at a path. Values of another type are left to the schema. */
function checkTexts(
  row: unknown,
  path: string,
  isRight: (text: string) => boolean,
  explain: (text: string) => string,
): readonly RowFinding[] {
  const isWrong = (value: unknown) => typeof value === 'string' && !isRight(value);
  if (!valuesAt(row, path).some(isWrong)) return NONE;
  return placesAt(row, path)
    .filter(({ value }) => isWrong(value))
    .slice(0, MAX_FINDINGS)
    .map(({ pointer, value }) => ({ pointer, detail: explain(String(value)) }));
}

/** More than a test needs, and far less than the 270,000 years that a Date can hold. */
const MAX_DISTANCE = 1_000 * 365 * DAY;

function isTime(text: string): boolean {
  const instant = parseInstant(text, 0);
  return instant !== undefined && (!isRelativeTime(text) || Math.abs(instant) <= MAX_DISTANCE);
}

/** Examples in the schema need no check: the first use of Intl would cost a cold start 12 ms. */
function isExample({ schema }: Model, path: string, text: string): boolean {
  return schema.properties[path]?.examples?.includes(text) ?? false;
}

function explainTime(text: string): string {
  return `${shown(text)} is not a time; use ${TIME_FORMATS}`;
}

/** The longest name has half of it. */
const MAX_ZONE_LENGTH = 64;
/** There are some 600 names. */
const MAX_CACHED_ZONES = 1_000;
const zones = new BoundedCache<string, boolean>(MAX_CACHED_ZONES);

function isTimeZone(name: string): boolean {
  // PostHog takes an empty time zone for UTC.
  if (name === '') return true;
  if (name.length > MAX_ZONE_LENGTH) return false;
  // Names are the same in upper and lower case.
  const key = name.toLowerCase();
  const isKnown = zones.get(key) ?? isKnownToIntl(name);
  zones.set(key, isKnown);
  return isKnown;
}

function isKnownToIntl(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

function explainTimeZone(name: string): string {
  const guess = didYouMean(name, Intl.supportedValuesOf('timeZone'), ' One is "Europe/Prague".');
  return `${shown(name)} is not an IANA time zone.${guess}`;
}

function checkStatus(experiment: JsonObject): readonly RowFinding[] {
  const { status } = experiment;
  const derived = experimentStatus(experiment);
  if (status === undefined || status === derived) return NONE;
  const detail = `${shown(status)} does not agree with start_date and end_date, which say ${shown(derived)}; leave it out, or change them`;
  return [{ pointer: '/status', detail }];
}
