/// <reference lib="esnext.disposable" preserve="true" />
import {
  type AskedScenario,
  askedProblem,
  askedScenarios,
  forgetChoice,
  keepChoice,
  keptChoice,
  keptScenarios,
} from '../../panel/kept-choice.ts';
import type { Mock } from '../fronts.ts';
import { createInPageSource } from './in-page-source.ts';

/** How a panel is added to a page. */
export interface MountPanelOptions {
  /** Where it is added. Default `document.body`. */
  readonly target?: Element;
  /** Whether it starts open, not as a button. Default false. */
  readonly open?: boolean;
}

/** A panel in a page. */
export interface MountedPanel extends Disposable {
  /** Resolves when the panel has been loaded and is in the page. */
  readonly ready: Promise<void>;
  /** Takes the panel out of the page; what was chosen with it stays. */
  close(): void;
}

/**
 * Adds the switch panel to a page, in the corner at the bottom right. The scenario that was chosen there is kept in
 * `sessionStorage`, and on again when the page is loaded again; `?mock-scenario=NAME` in the page's URL, or
 * `?mock-scenario=OPERATION=NAME`, wins. Either is selected when this returns, before the page asks for anything;
 * the panel itself is loaded then.
 *
 * ```ts
 * const mock = createMock();
 * await startWorker(mock);
 * mountPanel(mock);
 * ```
 */
export function mountPanel(mock: Mock, options: MountPanelOptions = {}): MountedPanel {
  const { target, open = false } = options;
  const notices = selectScenarios(mock);
  let element: Element | undefined;
  let isClosed = false;
  const load = async () => {
    const { createPanel } = await import('../../panel/panel.ts');
    if (isClosed) return;
    element = createPanel({ source: createInPageSource(mock), docked: true, open, notices });
    // A script in the head comes before there is a body.
    (target ?? document.body ?? document.documentElement).append(element);
  };
  const close = () => {
    isClosed = true;
    element?.remove();
  };
  const ready = load();
  // Whoever waits learns of it; whoever does not shall not have a failing page for it.
  ready.catch((cause) => console.error('[posthog-experiments-mock] The panel cannot be loaded.', cause));
  return { ready, close, [Symbol.dispose]: close };
}

/** @returns what is wrong with what the URL asks for. */
function selectScenarios(mock: Mock): readonly string[] {
  const select = ({ scenario, ...choice }: AskedScenario) => {
    mock.use(scenario, choice);
    keepChoice(scenario, choice);
  };
  try {
    for (const kept of keptScenarios(keptChoice())) select(kept);
  } catch {
    // The contract has changed since: its scenarios are not the ones that were kept.
    forgetChoice();
  }
  return askedScenarios(location.search).flatMap((asked) => {
    try {
      select(asked);
      return [];
    } catch (cause) {
      return [askedProblem(cause)];
    }
  });
}
