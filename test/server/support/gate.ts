import { createMock } from '../../../src/index.ts';
import { NOW } from '../../mock/asking.ts';
import { type ControlRequest, openControl } from './control.ts';
import { ask, serve } from './server.ts';

const POLICY = '7a6b5c4d-0001-4e3f-9a8b-0000000000ff';

export interface ChangeRequest {
  readonly id: string;
  readonly state: string;
  readonly expires_at: string;
}

/** A mock with the approval gate selected and one pending change request by user 1 for users 2 and 3. */
export async function openGate(quorum = 1) {
  const policy = {
    id: POLICY,
    project_id: 1,
    action_key: 'feature_flag.update',
    approver_config: { quorum, users: [2, 3] },
  };
  const fixtures = { approvalPolicies: [policy] };
  const mock = createMock({ now: NOW, scenario: 'approval-required', fixtures });
  const { url } = await serve({ mock });
  const control = await openControl(url);
  /** The status of the API's next answer, and the body of a 409. */
  const next = async () => {
    const answer = await ask(url);
    const { code = null, change_request_id = null } = await answer.json();
    return { status: answer.status, code, id: change_request_id };
  };
  const list = async () =>
    (await control<{ changeRequests: ChangeRequest[] }>('GET', '/change-requests')).json.changeRequests;
  const first = await next();
  const act = (action: string, body?: ControlRequest['body']) =>
    control('POST', `/change-requests/${first.id}/${action}`, { body });
  const activeFlags = () =>
    mock.database.experiments.findMany().map(({ feature_flag }) => feature_flag?.active);
  return { mock, control, next, list, act, first, activeFlags };
}
