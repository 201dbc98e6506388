import { checkOptions, type OptionTypes } from '../../check-options.ts';
import { checkMock } from '../../mock/check-mock.ts';
import {
  type AskedScenario,
  askedProblem,
  askedScenarios,
  forgetChoice,
  keepChoice,
  keptChoice,
  keptScenarios,
  searchProblems,
} from '../../panel/kept-choice.ts';
import { messageOf } from '../../text/message-of.ts';
import { withoutControls } from '../../text/printable.ts';
import { isUsageError } from '../../usage-error.ts';
import type { AnyMock } from '../fronts.ts';
import { createInPageSource } from './in-page-source.ts';

/** Where the panel appears, and how. */
export interface MountPanelOptions {
  /** The element that the panel is appended to. Default `document.body`. */
  readonly target?: Element | undefined;
  /** Whether the panel starts open rather than as a button. Default false. */
  readonly open?: boolean | undefined;
}

const OPTIONS: OptionTypes<MountPanelOptions> = { target: 'object', open: 'boolean' };

/** A panel in a page. */
export interface MountedPanel extends Disposable {
  /** Resolves when the panel has been loaded and is in the page. */
  readonly ready: Promise<void>;
  /** Removes the panel from the page. The scenario stays selected. */
  close(): void;
}

/** The panel of this page, which the next one replaces. */
let current: MountedPanel | undefined;

/**
 * Adds the switch panel to the bottom right corner of a page, in place of the one that is there. The scenario chosen
 * there is kept in `sessionStorage` and selected again when the page reloads. `?mock-scenario=NAME` or
 * `?mock-scenario=OPERATION=NAME` in the page's URL wins over it; what cannot be selected is reported in the console and
 * in the panel. The scenario is selected when this returns, before the page sends a request; the panel loads later.
 *
 * ```ts
 * const mock = createMock();
 * await startWorker(mock);
 * mountPanel(mock);
 * ```
 * @throws {UsageTypeError} on what is no mock, and on an option that does not exist or has the wrong type.
 */
export function mountPanel(mock: AnyMock, options: MountPanelOptions = {}): MountedPanel {
  checkMock('mountPanel', mock);
  checkOptions('mountPanel', options, OPTIONS);
  const { target, open = false } = options;
  current?.close();
  const notices = selectScenarios(mock);
  let element: Element | undefined;
  let isClosed = false;
  const load = async () => {
    const { createPanel } = await import('../../panel/panel.ts');
    if (isClosed) return;
    element = createPanel({ source: createInPageSource(mock), docked: true, open, notices });
    // A script in the head runs before there is a body.
    (target ?? document.body ?? document.documentElement).append(element);
  };
  const close = () => {
    isClosed = true;
    element?.remove();
  };
  const ready = load();
  // Log it: a caller who ignores `ready` must not get an unhandled rejection.
  ready.catch((cause) => console.error('[posthog-experiments-mock] The panel cannot be loaded.', cause));
  current = { ready, close, [Symbol.dispose]: close };
  return current;
}

/**
 * Selects the kept scenarios, then those of the page's URL.
 * @returns why some could not be selected.
 */
function selectScenarios(mock: AnyMock): readonly string[] {
  const notices: string[] = [];
  /** @returns whether it is selected. */
  const select = (one: AskedScenario, problem: (cause: unknown) => string): boolean => {
    const { scenario, ...choice } = one;
    try {
      mock.use(scenario, choice);
    } catch (cause) {
      if (!isUsageError(cause)) throw cause;
      notices.push(problem(cause));
      return false;
    }
    keepChoice(scenario, choice);
    return true;
  };
  const kept = keptScenarios(keptChoice());
  const still = kept.filter((one) =>
    select(one, (cause) => `What was selected before the reload: ${messageOf(cause)}`),
  );
  if (still.length < kept.length) {
    // The contract has changed: the next reload need not say so again.
    forgetChoice();
    for (const { scenario, ...choice } of still) keepChoice(scenario, choice);
  }
  const asked = askedScenarios(location.search);
  notices.push(...searchProblems(location.search));
  for (const one of asked) select(one, (cause) => askedProblem(one, cause));
  for (const notice of notices) console.warn(withoutControls(`[posthog-experiments-mock] ${notice}`));
  return notices;
}
