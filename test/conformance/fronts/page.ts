import { createMock, startWorker } from '../../../src/browser.ts';
import type { Case, Expected } from '../case.ts';
import { askBy } from './front.ts';

declare global {
  /** What a test calls in the page. */
  var ask: (asked: Case) => Promise<Expected>;
  var mock: ReturnType<typeof createMock>;
  var createMockHere: typeof createMock;
  var startWorkerHere: typeof startWorker;
}

globalThis.createMockHere = createMock;
globalThis.startWorkerHere = startWorker;
globalThis.mock = createMock();
const worker = await startWorker(globalThis.mock);

globalThis.ask = (asked) => {
  worker.resetHandlers(...createMock(asked.options).handlers);
  return askBy(fetch, location.origin, asked);
};

document.body.dataset.ready = 'true';
