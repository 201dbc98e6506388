import type { TestProject } from 'vitest/node';
import { buildScripts } from '../../src/tools/build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly scripts: true;
  }
}

/**
 * Builds `dist/` without types, once for all projects that start the built command. In watch mode it is not built
 * again: restart Vitest after a change of the command.
 */
export default async function setup({ vitest }: TestProject): Promise<void> {
  const root = vitest.getRootProject();
  if (root.getProvidedContext().scripts) return;
  await buildScripts();
  root.provide('scripts', true);
}
