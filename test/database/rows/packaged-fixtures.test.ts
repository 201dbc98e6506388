import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { FIXTURE_FILES } from '../../../src/database/rows/types.ts';
import { DAY } from '../../../src/database/time.ts';
import { instant, NOW, open, readFixture, schemas } from '../packaged.ts';

const { database, reads } = open();

describe('every collection', () => {
  it('has a file, a schema, and completion in editors', () => {
    const files = FIXTURE_FILES.map(({ file }) => file);
    const inFolder = (folder: string) => readdirSync(new URL(`../../../fixtures/${folder}`, import.meta.url));
    const settings = JSON.parse(
      readFileSync(new URL('../../../.vscode/settings.json', import.meta.url), 'utf8'),
    );
    expect(inFolder('').filter((file) => file.endsWith('.json'))).toEqual(files);
    expect(inFolder('schema')).toEqual(files.map((file) => file.replace('.json', '.schema.json')));
    expect(settings['json.schemas']).toEqual(
      expect.arrayContaining(
        files.map((file) => ({
          fileMatch: [`/fixtures/${file}`],
          url: `./fixtures/schema/${file.replace('.json', '.schema.json')}`,
        })),
      ),
    );
  });

  test.each(FIXTURE_FILES)('$collection has every row of $file', ({ collection, file }) => {
    expect(database[collection].count()).toBe(readFixture(file).length);
  });

  test.each(FIXTURE_FILES)('$collection describes every field', ({ collection }) => {
    for (const field of Object.values(schemas[collection].items.properties))
      expect(field).toHaveProperty('description', expect.stringMatching(/\w+/));
  });
});

it('lists only real time zones as examples', () => {
  for (const timeZone of schemas.projects.items.properties.timezone?.examples ?? [])
    expect(() => new Intl.DateTimeFormat('en', { timeZone: String(timeZone) })).not.toThrow();
});

describe('the people', () => {
  it('start with a user whose current project is project 1', () => {
    expect(reads.firstUser()?.current_project_id).toBe(1);
    expect(reads.firstProject()?.id).toBe(1);
  });

  it('have organizations that allow personal API keys and one that forbids them', () => {
    expect(database.organizations.count({ members_can_use_personal_api_keys: true })).toBeGreaterThan(1);
    expect(database.organizations.count({ members_can_use_personal_api_keys: false })).toBe(1);
  });

  it('have projects in another organization, another time zone, and behind access control', () => {
    const home = reads.project(1)?.organization_id;
    expect(database.projects.count((project) => project.organization_id === home)).toBeGreaterThan(1);
    expect(database.projects.count((project) => project.organization_id !== home)).toBeGreaterThan(0);
    expect(database.projects.count((project) => project.timezone !== 'UTC')).toBeGreaterThan(0);
    expect(database.projects.count({ experiment_access: 'none' })).toBe(1);
  });

  it('can approve changes of feature flags in project 1', () => {
    const [policy] = reads.approvalPolicies(1, 'feature_flag.update');
    const organization = reads.project(1)?.organization_id ?? '';
    expect(policy?.approver_config.quorum).toBe(1);
    for (const user of policy?.approver_config.users ?? [])
      expect(reads.membership(user, organization)).toBeDefined();
  });
});

describe('the keys', () => {
  const organization = reads.project(1)?.organization_id ?? '';
  const facts = (value: string) => {
    const key = reads.keyByValue(value);
    const user = reads.user(key?.user_id ?? 0);
    return {
      scopes: key?.scopes,
      active: user?.is_active,
      member: reads.membership(user?.id ?? 0, organization) !== undefined,
      teams: key?.scoped_teams,
      organizations: key?.scoped_organizations.map((id) => reads.organization(id)?.id !== organization),
    };
  };
  const usual = { scopes: ['experiment:read'], active: true, member: true, teams: [], organizations: [] };

  test.each([
    ['phx_experiment_read', usual],
    ['phx_experiment_write', { ...usual, scopes: ['experiment:write'] }],
    ['phx_all_access', { ...usual, scopes: ['*'] }],
    ['phx_no_experiment_scope', { ...usual, scopes: ['feature_flag:read', 'insight:read'] }],
    ['phx_other_project_only', { ...usual, teams: [2] }],
    ['phx_other_organization_only', { ...usual, organizations: [true] }],
    ['phx_outsider', { ...usual, member: false }],
    ['phx_inactive_user', { ...usual, active: false }],
  ])('%s has the properties its name says', (value, expected) => {
    expect(facts(value)).toEqual(expected);
  });

  it('of the organization that forbids them are a member’s and an admin’s', () => {
    const levels = ['phx_forbidding_organization_member', 'phx_forbidding_organization_admin'].map(
      (value) => {
        const user = reads.keyByValue(value)?.user_id ?? 0;
        return database.memberships.find({ user_id: user })?.level;
      },
    );
    expect(levels).toEqual([1, 8]);
  });
});

describe('the experiments of project 1', () => {
  const experiments = reads.experimentsOf(1);
  const today = instant('2026-03-15');
  const counted = experiments.filter(({ row }) => row.deleted === false && !row.archived);
  const launched = (from: number, to: number) =>
    counted.filter(({ start }) => start !== null && start >= today - from * DAY && start < today + to * DAY);

  it('are of every kind', () => {
    const statuses = new Set(experiments.map(({ row }) => row.status));
    expect(statuses).toEqual(new Set(['draft', 'running', 'stopped']));
    expect(experiments.some(({ row }) => row.archived)).toBe(true);
    expect(experiments.some(({ row }) => row.deleted === true)).toBe(true);
    expect(experiments.some(({ row }) => row.deleted === null)).toBe(true);
    expect(experiments.some(({ row }) => row.feature_flag?.active === false)).toBe(true);
    expect(experiments.some(({ start }) => start !== null && start > NOW)).toBe(true);
  });

  it('give meaningful statistics: 8 launches after 6, a rise of a third', () => {
    expect(launched(30, 1)).toHaveLength(8);
    expect(launched(60, -30)).toHaveLength(6);
  });

  it('give the same statistics at any time of the day', () => {
    for (const time of ['00:00', '06:30', '23:59']) {
      const { reads } = open(undefined, () => instant(`2026-03-15T${time}Z`));
      const starts = reads.experimentsOf(1).filter(({ row }) => row.deleted === false && !row.archived);
      const recent = starts.filter(
        ({ start }) => start !== null && start >= today - 30 * DAY && start < today + DAY,
      );
      expect(recent).toHaveLength(8);
    }
  });
});

describe('the events of project 1', () => {
  const week = (event: string) =>
    reads.eventsOf(1, event).filter(({ instant }) => instant <= NOW && instant >= NOW - 7 * DAY);
  const flagged = (event: string, limit = 20) =>
    week(event)
      .slice(0, limit)
      .some(({ row }) => Object.keys(row.properties).some((key) => key.startsWith('$feature/')));

  test.each([
    ['booking_completed', true],
    ['$pageview', true],
    ['newsletter_subscribed', false],
    ['wishlist_saved', false],
    // One older than a week, one in the future.
    ['trip_shared', false],
    ['gift_card_redeemed', false],
  ])('%s carries a feature flag in the last week: %s', (event, expected) => {
    expect(week(event).length).toBeGreaterThan(0);
    expect(flagged(event)).toBe(expected);
  });

  it('carry one beyond the newest twenty searches', () => {
    expect(flagged('search_performed', 20)).toBe(false);
    expect(flagged('search_performed', 30)).toBe(true);
  });
});

it('there are no change requests', () => {
  expect(database.changeRequests.count()).toBe(0);
});
