import type { RequestListener } from 'node:http';
import type { Fault } from '../fault.ts';
import { answerWith, STATS_BODY } from '../live-server.ts';
import { CONTRACT, driftFrom } from '../tools.ts';

/** A live server that differs from the contract. */
function inLive(what: string, answer: RequestListener, contract?: string): Fault {
  return {
    where: 'live server',
    what,
    tool: 'drift',
    look: (hasFault) => driftFrom(hasFault ? answer : answerWith(), contract),
  };
}

const { percent_change: change, ...others } = STATS_BODY;

/** Where an answer has to have `Allow`; without an optional header, nothing is broken. */
const NEEDS_ALLOW = CONTRACT.replace(/^ {4}Allow:\n/m, '$&      required: true\n');

export const LIVE_FAULTS: readonly Fault[] = [
  inLive('a property is renamed', answerWith({ ...others, change_percent: change })),
  inLive('a property is added', answerWith({ ...STATS_BODY, paused_experiments: 1 })),
  inLive('a number has become text', answerWith({ ...STATS_BODY, percent_change: '33.3' })),
  inLive('a number may be null', answerWith({ ...STATS_BODY, active_experiments: null })),
  inLive('the object is in a list', answerWith([STATS_BODY])),
  inLive('the status is another', answerWith(STATS_BODY, 203)),
  inLive('a number is out of range', answerWith({ ...STATS_BODY, active_experiments: -1 })),
  inLive('the body is cut off', answerWith(JSON.stringify(STATS_BODY).slice(0, 40))),
  inLive(
    'an enum has a new value',
    answerWith({ type: 'quota_error', code: 'quota', detail: 'x', attr: null }, 429),
  ),
  inLive('an error has another form', answerWith({ error: { message: 'x' } }, 500)),
  inLive(
    'a page comes in place of JSON',
    answerWith('<html>', 200, { 'Content-Type': 'text/html', Allow: 'GET' }),
  ),
  inLive(
    'a required header is missing',
    answerWith(STATS_BODY, 200, { 'Content-Type': 'application/json' }),
    NEEDS_ALLOW,
  ),
  inLive('a page says that it is JSON', answerWith('<!doctype html><title>Log in</title>')),
  inLive('a number has become an object', answerWith({ ...STATS_BODY, percent_change: { value: 33.3 } })),
  inLive('an integer has become a fraction', answerWith({ ...STATS_BODY, active_experiments: 1.5 })),
  inLive('the body is gone', answerWith('')),
  inLive('the media type is gone', answerWith(STATS_BODY, 200, { Allow: 'GET' })),
  inLive(
    'the media type is another',
    answerWith(STATS_BODY, 200, { 'Content-Type': 'application/hal+json', Allow: 'GET' }),
  ),
  inLive('the path has moved', (request, response) =>
    request.url?.startsWith('/v2/')
      ? answerWith()(request, response)
      : response.writeHead(308, { Location: `/v2${request.url}` }).end(),
  ),
  inLive('a body is announced as longer than it is', (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', Allow: 'GET', 'Content-Length': 500 });
    response.write(JSON.stringify(STATS_BODY));
    setTimeout(() => response.destroy(), 50);
  }),
  inLive('another host answers', answerWith('', 302, { Location: 'https://login.example/' })),
];
