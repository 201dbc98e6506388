import { createMock, type ScenarioName } from 'posthog-experiments-mock/browser';
import preview from '../.storybook/preview.ts';
import { Launches } from './launches.tsx';

/** The handlers of a new mock in this scenario. */
const answers = (scenario: ScenarioName) => createMock({ scenario, now: '2026-01-31T12:00:00Z' }).handlers;

const meta = preview.meta({ title: 'Launches', component: Launches });

export const Counted = meta.story({ beforeEach: ({ msw }) => msw.use(...answers('ok')) });
export const FewLaunches = meta.story({ beforeEach: ({ msw }) => msw.use(...answers('few-launches')) });
export const Throttled = meta.story({ beforeEach: ({ msw }) => msw.use(...answers('throttled')) });
export const NotAllowed = meta.story({ beforeEach: ({ msw }) => msw.use(...answers('missing-scope')) });
export const Offline = meta.story({ beforeEach: ({ msw }) => msw.use(...answers('network-error')) });
