import { css } from 'lit';

/**
 * Colours and fonts, shielded from the page's styles: most are set inside the shadow root, where the page cannot reach,
 * and those on the host are `!important`, which in a shadow root beats the `!important` of the page.
 */
export const theme = css`
  :host {
    all: initial !important;
    display: block !important;
  }
  :host([docked]) {
    position: fixed !important;
    right: 0 !important;
    bottom: 0 !important;
    z-index: 2147483647 !important;
  }
  .panel,
  .launcher {
    color-scheme: light dark;
    --ground: light-dark(#f4f4f0, #131416);
    --surface: light-dark(#ffffff, #1b1c1f);
    --raised: light-dark(#f7f7f4, #232528);
    --line: light-dark(#e2e2db, #303236);
    --edge: light-dark(#b9bab2, #4b4e54);
    --text: light-dark(#1f211c, #e9eae6);
    --muted: light-dark(#5d6058, #a3a69e);
    --accent: light-dark(#1d43d8, #9db2ff);
    --on-accent: light-dark(#ffffff, #10131f);
    --chosen: light-dark(#eaeefd, #232b46);
    --good: light-dark(#17692f, #6bcf87);
    --good-ground: light-dark(#e3f4e7, #16301d);
    --turn: light-dark(#1f5f9e, #7fbcf5);
    --turn-ground: light-dark(#e3eef9, #142a40);
    --warn: light-dark(#7d4c00, #f0bb5c);
    --warn-ground: light-dark(#fdf0d5, #38290d);
    --bad: light-dark(#ad1f2c, #ff9a96);
    --bad-ground: light-dark(#fde8e8, #40191b);
    --none: light-dark(#6b3fa0, #cba9f5);
    --none-ground: light-dark(#f1e9fb, #2e2140);
    --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
    --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace;
    color: var(--text);
    /* "all" does not reset this inherited property. */
    direction: ltr;
    font: 13px / 1.45 var(--sans);
    text-align: start;
    -webkit-font-smoothing: antialiased;
  }
  * {
    box-sizing: border-box;
  }
`;
