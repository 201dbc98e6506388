import { buildTypes } from '../../src/tools/build.ts';

/** Adds the types to `dist/`. `npm run types` checks them. */
export default function setup(): void {
  buildTypes({ check: false });
}
