import type { TemplateResult } from 'lit';
import type { PanelSource, PanelState } from '../source/panel-source.ts';

/** One part of the panel. It keeps what the user has typed and opened, and renders the state of the mock. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** For the tab, when the title is too long. */
  readonly shortTitle?: string;
  /** Whether the mock has what the section is about. Absent: always. */
  isNeeded?(state: PanelState): boolean;
  /** A number to show next to the title; `null` for none. */
  count?(state: PanelState): number | null;
  /** Renders controls next to the title. */
  renderActions?(state: PanelState): TemplateResult;
  render(state: PanelState): TemplateResult;
  /** Shows what the section has about an operation. Absent: nothing. */
  showOperation?(id: string): void;
  /** Called after each render, when its result is in the page. */
  updated?(): void;
}

/** What a section needs of its panel. */
export interface SectionHost {
  readonly source: PanelSource;
  readonly renderRoot: HTMLElement | DocumentFragment;
  requestUpdate(): void;
  /** Runs an action, shows the message that it resolves with or its error, and reads the state again. */
  act(action: (source: PanelSource) => Promise<string>): Promise<void>;
  /** Shows the scenarios of an operation. */
  showOperation(id: string): void;
  /** Shows a message in the status bar. */
  say(text: string): void;
}
