import { css } from 'lit';
import { visuallyHidden } from './controls.ts';

/** The layout: a narrow panel shows one section at a time, a wide one all of them in columns. */
export const layout = css`
  .panel {
    container: panel / inline-size;
    display: flex;
    flex-direction: column;
    height: 100dvh;
    background: var(--ground);
  }
  :host([docked]) .panel {
    width: min(440px, 100vw);
    height: min(660px, 100dvh);
    border: 1px solid var(--line);
    border-radius: 12px;
    overflow: hidden;
    box-shadow: 0 1px 2px rgb(0 0 0 / 0.1), 0 12px 40px rgb(0 0 0 / 0.24);
    margin: 0 12px 12px 0;
    max-height: calc(100dvh - 24px);
  }
  @media (max-width: 480px) {
    :host([docked]) .panel {
      margin: 0;
      border-width: 1px 0 0;
      border-radius: 12px 12px 0 0;
    }
  }
  .launcher {
    position: absolute;
    right: 12px;
    bottom: 12px;
  }
  .header {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 48px;
    padding: 0 12px 0 14px;
    background: var(--surface);
    border-bottom: 1px solid var(--line);
  }
  .spring {
    flex: 1;
  }
  .sections {
    flex: 1;
    display: grid;
    min-height: 0;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
  }
  section {
    container: section / inline-size;
    display: none;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    background: var(--surface);
  }
  section[data-current] {
    display: flex;
  }
  .section-body {
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: 10px;
    min-height: 0;
    padding: 0 14px 14px;
    overflow: auto;
  }
  .scroll {
    flex: 1;
    min-height: 144px;
    margin-inline: -14px;
    overflow: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
  }
  #scenarios .section-body,
  #requests .section-body {
    gap: 0;
    padding-bottom: 0;
  }
  #scenarios .fields:first-child {
    padding-bottom: 10px;
  }
  .tabs {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    overflow-x: auto;
    background: var(--surface);
    border-bottom: 1px solid var(--line);
    scrollbar-width: none;
  }
  .bar {
    flex: none;
    min-height: 31px;
    max-height: min(40vh, 240px);
    overflow: auto;
  }

  /* The tab shows the title. */
  @container panel (max-width: 719px) {
    .section-heading {
      min-height: 12px;
    }
    .section-heading:has(button) {
      min-height: 40px;
      justify-content: end;
    }
    .section-heading h2,
    .header .more span {
      ${visuallyHidden}
    }
  }
  @container panel (max-width: 420px) {
    .header h1 span {
      ${visuallyHidden}
    }
  }
  /* Two even rows, where one would leave a last tab alone. */
  @container panel (max-width: 540px) {
    .tabs {
      display: grid;
      grid-template-columns: repeat(3, 1fr);
    }
    .tabs button {
      min-height: 32px;
    }
  }
  @container panel (min-width: 720px) {
    .tabs {
      display: none;
    }
    .sections {
      gap: 1px;
      background: var(--line);
      grid-template:
        'scenarios send' auto
        'scenarios requests' minmax(0, 1fr)
        'clock change-requests' fit-content(170px)
        'coverage change-requests' fit-content(140px) / 324px minmax(0, 1fr);
    }
    section,
    section[data-current] {
      display: flex;
    }
    #scenarios { grid-area: scenarios; }
    #requests { grid-area: requests; }
    #send { grid-area: send; }
    #change-requests { grid-area: change-requests; }
    #clock { grid-area: clock; }
    #coverage { grid-area: coverage; }
  }
  @container panel (min-width: 1080px) {
    .sections {
      grid-template:
        'scenarios requests send' auto
        'scenarios requests change-requests' minmax(0, 1fr)
        'scenarios coverage clock' fit-content(280px) / 324px minmax(0, 1fr) clamp(316px, 28%, 357px);
    }
  }
`;
