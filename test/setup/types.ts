import { buildTypes } from '../../src/tools/build.ts';

/** Adds the types to `dist/`. `npm run types` checks them. */
export default async function setup(): Promise<void> {
  await buildTypes({ check: false });
}
