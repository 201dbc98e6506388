import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

/** The script of the panel's page. */
export const PANEL: BuildOptions = {
  entryPoints: [fileURLToPath(new URL('../panel/page.ts', import.meta.url))],
  bundle: true,
  format: 'esm',
  target: 'es2023',
  platform: 'browser',
  minify: true,
};

/** The script of the panel's page, as `dist/panel.js` has it, from the sources. */
export async function bundlePanel(): Promise<string> {
  const { outputFiles } = await build({ ...PANEL, write: false });
  const [{ text } = { text: '' }] = outputFiles;
  return text;
}
