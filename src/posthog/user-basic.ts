import type { Reads } from '../database/reads.ts';
import type { components } from '../generated/openapi.ts';

export type UserBasic = components['schemas']['UserBasic'];

/** A user as others see them (facts, section 8); `null` for nobody. */
export function userBasic(id: number | null, reads: Reads): UserBasic | null {
  const user = id === null ? undefined : reads.user(id);
  if (!user) return null;
  const { uuid, distinct_id, first_name, last_name, email } = user;
  return {
    id: user.id,
    uuid,
    distinct_id,
    first_name,
    last_name,
    email,
    is_email_verified: null,
    hedgehog_config: null,
    role_at_organization: null,
  };
}
