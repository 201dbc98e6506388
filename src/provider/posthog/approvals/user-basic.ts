import type { User } from '../../../database/rows/types.ts';
import type { components } from '../../../generated/openapi.ts';

export type UserBasic = components['schemas']['UserBasic'];

/** A user as others see them (provider/posthog/README.md §8). The database has derived what the row was given without. */
export function userBasic({ id, uuid, distinct_id, first_name, last_name, email }: User): UserBasic {
  return {
    id,
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
