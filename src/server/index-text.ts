import { describeGroups, MAX_LISTED_OPERATIONS } from '../contract/operation-groups.ts';
import contract from '../generated/control-plane.json' with { type: 'json' };
import type { CoreMock } from '../mock/mock.ts';
import { withoutControls } from '../text/printable.ts';
import { CONTROL_PATH, SESSION_PATH } from './control-path.ts';

/** A short index of a server: the routes of the API, in groups where there are many, and of the control plane. */
export function indexText({ contract: { operations } }: CoreMock, baseUrl: string): string {
  const api =
    operations.length > MAX_LISTED_OPERATIONS
      ? [...describeGroups(operations), `  All of them: ${CONTROL_PATH}/scenarios`]
      : operations.map(({ method, path, summary }) => line(method, path, summary));
  const control = Object.entries(contract.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([key]) => key !== 'parameters')
      .map(([method, { summary }]) => line(method.toUpperCase(), CONTROL_PATH + path, summary)),
  );
  return [
    withoutControls(`posthog-experiments-mock at ${baseUrl}`),
    '',
    'The API',
    ...api,
    '',
    `The control plane; below ${SESSION_PATH}<id> the same for a session`,
    ...control,
    '',
  ].join('\n');
}

function line(method: string, path: string, summary: string): string {
  return withoutControls(`  ${method.padEnd(6)} ${path.padEnd(50)} ${summary}`.trimEnd());
}
