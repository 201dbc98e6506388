import { createMock, mountPanel, startWorker } from 'posthog-experiments-mock/browser';

const mock = createMock();
await startWorker(mock);
mountPanel(mock);
