import type { TemplateResult } from 'lit';
import type { PanelSource, PanelState } from '../source/panel-source.ts';

/** One part of the panel: keeps what the user has typed and opened, and renders the rest from the state. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** For a tab, where the title is too long for one. */
  readonly shortTitle?: string;
  /** A number that says whether a look is worth it; `null`: nothing to count. */
  count?(state: PanelState): number | null;
  /** Controls beside the title. */
  renderActions?(state: PanelState): TemplateResult;
  render(state: PanelState): TemplateResult;
  /** Called when what it has rendered is in the page. */
  updated?(): void;
}

/** What a section can ask of the panel that it is part of. */
export interface SectionHost {
  readonly source: PanelSource;
  readonly renderRoot: HTMLElement | DocumentFragment;
  requestUpdate(): void;
  /** Does something to the mock, shows what became of it, and reads the state anew. */
  act(deed: (source: PanelSource) => Promise<string>): Promise<void>;
  /** Says something in the status bar. */
  say(text: string): void;
}
