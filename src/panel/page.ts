/** The page that a server shows at `/__mock__/`. */

import { askedProblem, askedScenarios } from './kept-choice.ts';
import { createPanel } from './panel.ts';
import { createControlPlaneSource } from './source/control-plane-source.ts';
import { takeToken } from './source/token.ts';

const source = createControlPlaneSource(new URL('./', location.href), takeToken());
const notices: string[] = [];
for (const { scenario, ...choice } of askedScenarios(location.search)) {
  await source.use(scenario, choice).catch((cause) => notices.push(askedProblem(cause)));
}

document.body.style.margin = '0';
document.body.append(createPanel({ source, notices }));

// A new token in the hash alone does not reload the page.
addEventListener('hashchange', () => location.reload());
