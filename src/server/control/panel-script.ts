import { readFile } from 'node:fs/promises';

let script: Promise<string> | undefined;

/** The bundled script of the panel's page: a file beside the built server; run from source, it is bundled now. */
export function panelScript(): Promise<string> {
  script ??= readBuilt().catch(bundleSource);
  return script;
}

function readBuilt(): Promise<string> {
  return readFile(new URL('./panel.js', import.meta.url), 'utf8');
}

async function bundleSource(): Promise<string> {
  // In a variable, so that the bundler does not bundle itself.
  const bundler = '../../tools/bundle-panel.ts';
  const { bundlePanel } = await import(bundler);
  return bundlePanel();
}
