/** The page that a server shows at `/__mock__/`. */

import { askedProblem, askedScenarios, searchProblems } from './kept-choice.ts';
import { createPanel } from './panel.ts';
import { createControlPlaneSource } from './source/control-plane-source.ts';
import { takeToken } from './source/token.ts';

const source = createControlPlaneSource(new URL('./', location.href), takeToken());
const asked = askedScenarios(location.search);
const notices = [...searchProblems(location.search)];
for (const one of asked) {
  const { scenario, ...choice } = one;
  await source.use(scenario, choice).catch((cause) => notices.push(askedProblem(one, cause)));
}
for (const notice of notices) console.warn(notice);

document.body.style.margin = '0';
document.body.append(createPanel({ source, notices }));

// A new token in the hash alone does not reload the page.
addEventListener('hashchange', () => location.reload());
