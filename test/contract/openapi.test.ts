import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { readContract } from '../../src/contract/reading/read-contract.ts';
import { FLAGS, STATS } from '../mock/asking.ts';
import { CONTRACT_TEXT, type Document } from './copies.ts';

const document: Document = load(CONTRACT_TEXT);

const PREFIX = '/api/projects/{project_id}/experiments';
const OPERATIONS = [
  { path: `${PREFIX}/stats/`, id: STATS, reads: ['format', 'personal_api_key'] },
  {
    path: `${PREFIX}/requires_flag_implementation/`,
    id: FLAGS,
    reads: ['actions', 'events', 'format', 'limit', 'personal_api_key', 'properties'],
  },
];
const STATUSES = ['200', '400', '401', '403', '404', '405', '406', '409', '429', '500', '502'];

function resolved(value: Document): Document {
  if (value?.$ref === undefined) return value;
  return value.$ref
    .split('/')
    .slice(1)
    .reduce((node: Document, name: string) => node[name], document);
}

it('is OpenAPI 3.1 and has the operations and servers of the public reference', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.servers.map(({ url }: { url: string }) => url)).toEqual([
    'https://us.posthog.com',
    'https://eu.posthog.com',
  ]);
  expect(Object.keys(document.paths).toSorted()).toEqual(OPERATIONS.map(({ path }) => path).toSorted());
  expect(document.components.securitySchemes.PersonalAPIKeyAuth).toMatchObject({
    type: 'http',
    scheme: 'bearer',
  });
});

describe.each(OPERATIONS)('$id', ({ path, id, reads }) => {
  const item = document.paths[path];
  const operation = item.get;
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolved);

  it('has its operationId, tag and security requirement', () => {
    expect(operation).toMatchObject({
      operationId: id,
      tags: ['experiments'],
      security: [{ PersonalAPIKeyAuth: ['experiment:read'] }],
    });
  });

  it('declares the project in its path and every query parameter that is read', () => {
    const namesIn = (place: string) =>
      parameters.filter((given) => given.in === place).map(({ name }) => name);
    expect(namesIn('path')).toEqual(['project_id']);
    expect(namesIn('query').toSorted()).toEqual(reads);
    expect(parameters.find(({ name }) => name === 'project_id').description).toContain('@current');
  });

  it('has an example for every parameter, from which tools make requests', () => {
    const withoutExample = parameters.filter(
      ({ example, content }) => example === undefined && content?.['application/json'].example === undefined,
    );
    expect(withoutExample.map(({ name }) => name)).toEqual([]);
  });

  it.each(STATUSES)('describes %s with a schema and named examples', (status) => {
    const response = resolved(operation.responses[status]);
    expect(response.description).not.toBe('');
    const [[mediaType, media] = []] = [Object.entries<Document>(response.content)[0]];
    expect(mediaType).toBe(status === '502' ? 'text/html' : 'application/json');
    expect(media.schema).toBeDefined();
    const examples = Object.values<Document>(media.examples).map(resolved);
    expect(examples.length).toBeGreaterThan(0);
    for (const { summary, value } of examples) {
      expect(summary).toBeTruthy();
      expect(value).toBeDefined();
    }
    // A proxy's answer has none of the API's headers.
    if (status !== '502') expect(Object.keys(response.headers)).toContain('Allow');
    if (status === '401') expect(Object.keys(response.headers)).toContain('WWW-Authenticate');
  });

  it('has no other response', () => {
    expect(Object.keys(operation.responses)).toEqual(STATUSES);
  });

  it('describes the 200 as the public reference does, and has a scenario for it', () => {
    const response = operation.responses['200'];
    expect(response.description).toMatch(/public reference .*without a body/s);
    expect(response['x-scenarios'].documented.reply).toBe('empty');
  });

  it('calls a 409 synthetic', () => {
    const [media] = Object.values<Document>(resolved(operation.responses['409']).content);
    for (const example of Object.values<Document>(media.examples)) {
      expect(resolved(example)['x-synthetic']).toBe(true);
    }
  });
});

describe('the body of an approval', () => {
  const schemas = document.components.schemas;

  it.each([
    [
      'ApprovalRequired',
      'code status detail message resource_type resource_id change_request_id change_request required_approvers',
    ],
    [
      'ChangeRequest',
      'id action_key action_version resource_type resource_id intent intent_display policy_snapshot validation_status validation_errors validated_at state created_by applied_by created_at updated_at expires_at applied_at apply_error result_data approvals can_approve can_cancel is_requester user_decision',
    ],
    ['Approval', 'id created_by decision reason created_at'],
    [
      'UserBasic',
      'id uuid distinct_id first_name last_name email is_email_verified hedgehog_config role_at_organization',
    ],
  ])('lists the fields of %s in the documented order', (name, fields) => {
    expect(Object.keys(schemas[name].properties)).toEqual(fields.split(' '));
  });

  it.each(['ChangeRequest', 'Approval', 'UserBasic'])('requires all fields of %s, in that order', (name) => {
    expect(schemas[name].required).toEqual(Object.keys(schemas[name].properties));
  });

  it('requires every field except those that need approvals:read', () => {
    const { required, properties } = schemas.ApprovalRequired;
    expect([...required, 'change_request', 'required_approvers']).toEqual(Object.keys(properties));
  });

  it('has its keys in that order in the examples', () => {
    const { examples } = document.components.responses.ApprovalRequired.content['application/json'];
    const order = Object.keys(schemas.ApprovalRequired.properties);
    for (const { value } of Object.values<Document>(examples)) {
      expect(Object.keys(value)).toEqual(order.filter((key) => Object.hasOwn(value, key)));
      if (value.change_request === undefined) continue;
      expect(Object.keys(value.change_request)).toEqual(schemas.ChangeRequest.required);
    }
  });
});

it('has nothing odd', () => {
  expect(readContract(CONTRACT_TEXT, 'openapi.yaml', { strict: true }).warnings).toEqual([]);
});
