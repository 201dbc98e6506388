import type { PanelState, PeopleRows } from './panel-source.ts';

/** Reads the keys to send requests with and the users who can decide, with names to show. */
export function readPeople({ personalApiKeys, users }: PeopleRows): Pick<PanelState, 'keys' | 'users'> {
  const named = users.map(({ id, first_name = '', last_name = '', email, is_active = true }) => ({
    id,
    name: `${first_name} ${last_name}`.trim() || email,
    is_active,
  }));
  const nameOf = (id: number) => named.find((user) => user.id === id)?.name ?? `user ${id}`;
  return {
    keys: personalApiKeys.map(({ value, scopes, user_id }) => ({ value, scopes, user: nameOf(user_id) })),
    users: named.filter(({ is_active }) => is_active).map(({ id, name }) => ({ id, name })),
  };
}
