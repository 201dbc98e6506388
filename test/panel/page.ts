import { createMock, type MountedPanel, mountPanel, startWorker } from '../../src/browser.ts';

declare global {
  var panelMock: ReturnType<typeof createMock>;
  var panel: MountedPanel;
  var createMockHere: typeof createMock;
  var mountPanelHere: typeof mountPanel;
  var scenarioWhenMounted: string;
}

/** The URL says how the panel starts: `?closed`, `?running`. */
const options = new URLSearchParams(location.search);
document.body.innerHTML = '<main><h1>Shop</h1><p>The page under the panel.</p></main>';

Object.assign(globalThis, { createMockHere: createMock, mountPanelHere: mountPanel });
globalThis.panelMock = createMock(options.has('running') ? {} : { now: '2026-01-31T12:00:00Z' });
await startWorker(globalThis.panelMock);
globalThis.panel = mountPanel(globalThis.panelMock, { open: !options.has('closed') });
globalThis.scenarioWhenMounted = globalThis.panelMock.scenario.default;
await globalThis.panel.ready;

document.body.dataset.ready = 'true';
