import { readFile } from 'node:fs/promises';

let script: Promise<string> | undefined;

/** The bundled script of the panel's page: beside the built server, or bundled now where it runs from source. */
export function panelScript(): Promise<string> {
  script ??= readBuilt().catch(bundleSource);
  return script;
}

function readBuilt(): Promise<string> {
  return readFile(new URL('./panel.js', import.meta.url), 'utf8');
}

async function bundleSource(): Promise<string> {
  // Not known to the bundler, which would take itself along.
  const build = '../../tools/build.ts';
  const { bundlePanel } = await import(build);
  return bundlePanel();
}
