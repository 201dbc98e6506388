import { LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { messageOf } from '../text/message-of.ts';
import { counted } from '../text/shown.ts';
import { type Follower, follow } from './follow.ts';
import { createChangeRequests } from './sections/change-requests.ts';
import { createClockSection } from './sections/clock.ts';
import { createCoverage } from './sections/coverage.ts';
import { createRequests } from './sections/requests.ts';
import { createScenarios } from './sections/scenarios.ts';
import type { Section, SectionHost } from './sections/section.ts';
import { createSend } from './sections/send.ts';
import type { PanelSource, PanelState } from './source/panel-source.ts';
import { controls } from './style/controls.ts';
import { layout } from './style/layout.ts';
import { parts } from './style/parts.ts';
import { theme } from './style/theme.ts';
import { countView, logo, selectionView } from './views/frame.ts';
import { holdInPlace } from './views/hold-in-place.ts';
import { html } from './views/html.ts';
import { link } from './views/link.ts';

/** A message in the status bar. */
interface Message {
  readonly text: string;
  readonly isError: boolean;
}

/**
 * The panel that switches a mock, `<posthog-mock-panel>`. It fills its page. When `docked`, it floats in a corner of an
 * application's page and collapses to a button.
 */
export class PanelElement extends LitElement implements SectionHost {
  static override readonly styles = [theme, controls, parts, layout];
  static override readonly properties = {
    source: { attribute: false },
    docked: { type: Boolean, reflect: true },
    open: { type: Boolean, reflect: true },
    notices: { attribute: false },
    shown: { state: true },
    failure: { state: true },
    message: { state: true },
    current: { state: true },
  };

  /** The mock. Set once, before the panel is in a page. */
  declare source: PanelSource;
  declare docked: boolean;
  /** Whether a docked panel is expanded. */
  declare open: boolean;
  /** What went wrong before the panel existed, such as an unknown scenario in the URL. */
  declare notices: readonly string[];
  declare private shown: PanelState | null;
  declare private failure: string | null;
  declare private message: Message | null;
  /** The id of the section that a narrow panel shows. */
  declare private current: string;

  readonly #sections: readonly Section[] = [
    createScenarios(this),
    createRequests(this),
    createSend(this),
    createChangeRequests(this),
    createClockSection(this),
    createCoverage(this),
  ];
  #follower: Follower | undefined;
  #release = () => {};

  constructor() {
    super();
    this.docked = false;
    this.open = false;
    this.notices = [];
    this.shown = null;
    this.failure = null;
    this.message = null;
    this.current = 'scenarios';
    // Typing in the panel must not trigger keyboard shortcuts of the page.
    for (const type of ['keydown', 'keypress', 'keyup']) {
      this.addEventListener(type, (event) => event.stopPropagation());
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follower = follow(this.source, {
      state: (state) => {
        this.shown = state;
        this.failure = null;
      },
      failure: (cause) => {
        this.failure = messageOf(cause);
      },
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#follower?.stop();
  }

  async act(action: (source: PanelSource) => Promise<string>): Promise<void> {
    try {
      this.say(await action(this.source));
    } catch (cause) {
      this.message = { text: messageOf(cause), isError: true };
    }
    await this.#follower?.refresh();
    // Resets fields whose new value the mock has refused.
    this.requestUpdate();
  }

  say(text: string): void {
    this.message = { text, isError: false };
  }

  showOperation(id: string): void {
    this.current = 'scenarios';
    for (const section of this.#sections) section.showOperation?.(id);
  }

  /** Renders at most once a frame. */
  protected override async scheduleUpdate(): Promise<void> {
    await new Promise(requestAnimationFrame);
    super.scheduleUpdate();
  }

  protected override willUpdate(): void {
    this.#release = holdInPlace(this.renderRoot);
  }

  protected override updated(changed: PropertyValues): void {
    this.#release();
    for (const section of this.#sections) section.updated?.();
    // Not on the first render: the focus stays in the page then.
    if (changed.get('open') === undefined || !this.docked) return;
    this.renderRoot.querySelector<HTMLElement>(this.open ? '.close' : '.launcher')?.focus();
  }

  protected override render(): TemplateResult {
    if (this.docked && !this.open) return this.#launcherView();
    return html`
      <div class="panel" role=${this.docked ? 'dialog' : 'main'} aria-label="Mock of PostHog" @keydown=${this.#closeOnEscape}>
        ${this.#headerView()} ${this.#noticesView()}
        ${this.shown ? this.#sectionsView(this.shown) : this.#waitingView()}
        <div class="bar" ?data-error=${this.message?.isError ?? false}>
          <span role="status">${this.message?.text ?? this.#summary()}</span>
          ${this.#linksView()}
        </div>
      </div>`;
  }

  #launcherView(): TemplateResult {
    const isBad = this.notices.length > 0 || this.failure !== null;
    return html`
      <div role="region" aria-label="Mock of PostHog">
        <button type="button" class="launcher" aria-haspopup="dialog" @click=${() => this.#setOpen(true)}>
          ${logo} <span>Mock</span> ${selectionView(this.shown)}
          ${isBad ? html`<span class="alert-dot" role="img" aria-label="Something is wrong"></span>` : nothing}
        </button>
      </div>`;
  }

  #headerView(): TemplateResult {
    return html`
      <div class="header">
        <h1>${logo} <span>${this.docked ? 'Mock' : 'PostHog mock'}</span></h1>
        ${selectionView(this.shown)}
        <span class="spring"></span>
        <button type="button" title="Scenario, rows, clock and requests go back to the start" @click=${this.#reset}>Reset</button>
        ${
          this.docked
            ? html`<button type="button" class="close icon" aria-label="Close the panel" @click=${() => this.#setOpen(false)}>✕</button>`
            : nothing
        }
      </div>`;
  }

  #noticesView(): TemplateResult {
    const texts = [this.failure ?? [], ...this.notices].flat();
    return html`
      <div class="notices">
        <div role="alert" tabindex=${texts.length > 0 ? 0 : nothing}>${texts.map((text) => html`<p>${text}</p>`)}</div>
        ${
          this.notices.length > 0
            ? html`<button type="button" class="icon" aria-label="Dismiss" @click=${this.#dismiss}>✕</button>`
            : nothing
        }
      </div>`;
  }

  #linksView(): TemplateResult | typeof nothing {
    const { source } = this;
    const apiUrl = source.urlOf('/');
    if (apiUrl === null) return nothing;
    return html`
      <span class="links">
        ${link(apiUrl, new URL(apiUrl).host)} ${source.contractUrl === null ? nothing : link(source.contractUrl, 'Contract')}
      </span>`;
  }

  #sectionsView(state: PanelState): TemplateResult {
    return html`
      <nav class="tabs" aria-label="Sections">
        ${this.#neededSections(state).map(
          ({ id, title, shortTitle = title, count }) => html`
            <button type="button" aria-current=${this.current === id} @click=${() => {
              this.current = id;
            }}>${shortTitle} ${countView(count?.(state))}</button>`,
        )}
      </nav>
      <div class="sections">
        ${this.#neededSections(state).map((section) => this.#sectionView(section, state))}
      </div>`;
  }

  #neededSections(state: PanelState): readonly Section[] {
    return this.#sections.filter((section) => section.isNeeded?.(state) ?? true);
  }

  #sectionView(section: Section, state: PanelState): TemplateResult {
    const { id, title, count } = section;
    return html`
      <section id=${id} aria-labelledby="${id}-title" ?data-current=${this.current === id}>
        <div class="section-heading">
          <h2 id="${id}-title">${title} ${countView(count?.(state))}</h2>
          ${section.renderActions?.(state) ?? nothing}
        </div>
        <div class="section-body">${section.render(state)}</div>
      </section>`;
  }

  /** Shown until the first read. If that fails, the notice says enough. */
  #waitingView(): TemplateResult | typeof nothing {
    return this.failure === null ? html`<p class="empty">Asking the mock…</p>` : nothing;
  }

  /** What the status bar shows when there is no message. */
  #summary(): string {
    if (!this.shown) return '';
    const { operations, catalogue } = this.shown;
    return `${counted(operations.length, 'operation')}, ${counted(catalogue.length, 'scenario')}`;
  }

  #setOpen(open: boolean): void {
    this.open = open;
  }

  readonly #closeOnEscape = (event: KeyboardEvent) => {
    if (this.docked && event.key === 'Escape') this.#setOpen(false);
  };

  readonly #dismiss = () => {
    this.notices = [];
  };

  readonly #reset = () =>
    this.act(async (source) => {
      await source.reset();
      this.notices = [];
      return 'Scenario, rows, clock and requests are as they were at the start.';
    });
}

const NAME = 'posthog-mock-panel';

/** Creates a panel. If a page has several bundles of this code, the first one defines the element. */
export function createPanel(properties: PanelProperties): HTMLElement {
  if (!customElements.get(NAME)) customElements.define(NAME, PanelElement);
  return Object.assign(document.createElement(NAME), properties);
}

/** Properties to set before a panel is added to a page. */
export type PanelProperties = Pick<PanelElement, 'source'> &
  Partial<Pick<PanelElement, 'docked' | 'open' | 'notices'>>;
