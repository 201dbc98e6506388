import { css } from 'lit';

/** The parts of the sections. */
export const parts = css`
  .launcher {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    padding: 6px 12px 6px 10px;
    background: var(--surface);
    border: 1px solid var(--edge);
    border-radius: 999px;
    box-shadow: 0 1px 2px rgb(0 0 0 / 0.12), 0 4px 14px rgb(0 0 0 / 0.14);
    white-space: nowrap;
  }
  .alert-dot { width: 8px; height: 8px; border-radius: 50%; background: var(--bad); }
  .selection {
    display: flex;
    gap: 6px;
    min-width: 0;
    padding: 1px 8px;
    border-radius: 999px;
    background: var(--good-ground);
    color: var(--good);
    font: 500 12px / 1.5 var(--mono);
    white-space: nowrap;
  }
  .selection > span { overflow: hidden; text-overflow: ellipsis; }
  .selection > .more { flex: none; }
  .selection[data-forced] { background: var(--warn-ground); color: var(--warn); }

  .tabs button {
    flex: 1 0 auto;
    min-height: 38px;
    padding: 0 7px;
    background: none;
    border: 0;
    border-bottom: 2px solid transparent;
    border-radius: 0;
    color: var(--muted);
    font-weight: 500;
    white-space: nowrap;
  }
  .tabs button[aria-current='true'] { color: var(--text); border-bottom-color: var(--accent); }
  .tabs button:focus-visible { outline-offset: -3px; }
  .count {
    padding: 0 6px;
    border-radius: 999px;
    background: var(--raised);
    color: var(--muted);
    font-weight: 500;
    font-size: 11px;
    font-variant-numeric: tabular-nums;
  }
  .section-heading { display: flex; align-items: center; gap: 6px; min-height: 44px; padding: 0 14px; }
  .section-heading h2 { flex: 1; }

  .notices { display: flex; align-items: start; flex: none; background: var(--bad-ground); color: var(--bad); }
  .notices > div { flex: 1; max-height: min(116px, 25dvh); overflow: auto; }
  .notices p { padding: 8px 14px; overflow-wrap: anywhere; }
  .notices p + p { padding-top: 0; }
  .notices .icon { margin: 4px 12px 4px 0; }
  .notices .icon:hover { background: none; border-color: currentcolor; }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 0 14px;
    padding: 6px 14px;
    border-top: 1px solid var(--line);
    background: var(--surface);
    color: var(--muted);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .bar > :first-child { flex: 1 1 50%; }
  .links { display: flex; gap: 14px; }
  .bar[data-error] { background: var(--bad-ground); color: var(--bad); }

  .choices { border-top: 1px solid var(--line); }
  .group-title {
    position: sticky;
    top: 0;
    z-index: 1;
    padding: 5px 14px;
    background: var(--raised);
    border-bottom: 1px solid var(--line);
    color: var(--muted);
    font-size: 11px;
    font-weight: 600;
  }
  .choice {
    display: grid;
    grid-template-columns: 14px minmax(0, 1fr) auto;
    gap: 10px;
    align-items: start;
    padding: 7px 14px;
    cursor: pointer;
  }
  .choice input { margin-top: 3px; }
  .choice + .choice { border-top: 1px solid color-mix(in oklab, var(--line) 60%, transparent); }
  .group + .group { border-top: 1px solid var(--line); }
  .choice:hover { background: var(--raised); }
  .choice:has(:checked) { background: var(--chosen); }
  .choice:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: -2px; }
  .choice input:focus-visible { outline: none; }
  .choice-text { display: grid; gap: 1px; }
  .choice-name { font-weight: 600; overflow-wrap: anywhere; }
  .choice-summary { color: var(--muted); font-size: 12px; }
  .choice-heading { display: flex; flex-wrap: wrap; align-items: baseline; gap: 1px 8px; }
  .tag { padding: 0 6px; border: 1px solid var(--line); border-radius: 4px; color: var(--muted); font-size: 11px; background: var(--surface); }
  .more-choices { margin: 8px 14px; }
  .options { max-height: 288px; margin-top: 4px; overflow: auto; overscroll-behavior: contain; border: 1px solid var(--edge); border-radius: 6px; }
  .option { display: grid; gap: 1px; padding: 5px 8px; overflow-wrap: anywhere; cursor: pointer; }
  .option + .option { border-top: 1px solid color-mix(in oklab, var(--line) 60%, transparent); }
  .option:hover { background: var(--raised); }
  .option[data-active] { background: var(--chosen); }
  .option[aria-selected='true'] > :first-child { font-weight: 600; }
  .option > .mono { word-break: break-all; }
  .option-more { display: grid; color: var(--muted); font-size: 12px; }
  .option-more > span { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .option-more .mono { font-size: 11px; }
  .options-foot { display: flex; align-items: center; justify-content: space-between; gap: 8px; min-height: 28px; padding-top: 4px; color: var(--muted); font-size: 12px; }
  .overrides { display: grid; gap: 4px; }
  .overrides li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 4px;
    padding: 3px 3px 3px 8px;
    border-radius: 6px;
    background: var(--warn-ground);
    color: var(--warn);
    overflow-wrap: anywhere;
  }

  .overrides li > span { display: grid; }
  .overrides .icon { width: 24px; min-height: 24px; }
  .overrides .icon:hover { background: none; border-color: currentcolor; }

  .status {
    justify-self: start;
    padding: 0 6px;
    border-radius: 4px;
    font: 600 12px / 1.55 var(--mono);
    font-variant-numeric: tabular-nums;
  }
  .status[data-tone='2xx'] { color: var(--good); background: var(--good-ground); }
  .status[data-tone='3xx'] { color: var(--turn); background: var(--turn-ground); }
  .status[data-tone='4xx'] { color: var(--warn); background: var(--warn-ground); }
  .status[data-tone='5xx'] { color: var(--bad); background: var(--bad-ground); }
  .status[data-tone='none'] { color: var(--none); background: var(--none-ground); }

  .entries { border-top: 1px solid var(--line); }
  .entry { border-bottom: 1px solid var(--line); }
  .entry-summary {
    display: grid;
    grid-template: 'status what' auto '. more' auto / 66px minmax(0, 1fr);
    gap: 2px 8px;
    align-items: baseline;
    width: 100%;
    padding: 7px 14px;
    border: 0;
    border-radius: 0;
    background: none;
    font-weight: 400;
    text-align: start;
  }
  .entry-summary:hover { background: var(--raised); }
  .entry-summary:active { transform: none; }
  .entry-summary:focus-visible { outline-offset: -2px; }
  .entry-summary[aria-expanded='true'] { background: var(--raised); }
  .entry-what { display: flex; gap: 8px; min-width: 0; align-items: baseline; }
  .method { color: var(--muted); }
  .path { display: flex; min-width: 0; flex: 1; white-space: nowrap; }
  /* Without text it would be the base line. */
  .path-common:empty { display: none; }
  .path-common { color: var(--muted); overflow: hidden; text-overflow: ellipsis; flex: 0 1 auto; min-width: 0; }
  .path-own { overflow: hidden; text-overflow: ellipsis; flex: 0 0 auto; max-width: 100%; font-weight: 600; }
  .entry-more { grid-area: more; display: flex; gap: 12px; min-width: 0; color: var(--muted); font-size: 12px; }
  .entry-scenario { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .entry-time { display: flex; gap: 8px; font-variant-numeric: tabular-nums; white-space: nowrap; }
  @container panel (min-width: 1080px) {
    .entry-summary { grid-template: 'status what more' auto / 66px minmax(0, 1fr) 206px; }
  }

  .detail { display: grid; gap: 10px; padding: 6px 14px 14px; background: var(--raised); }
  .facts { display: flex; flex-wrap: wrap; gap: 4px 18px; }
  .facts dt, .headers dt { color: var(--muted); font-size: 12px; }
  .facts dd { overflow-wrap: anywhere; }
  .detail-heading { display: flex; align-items: start; justify-content: space-between; gap: 12px; }
  .buttons { display: flex; flex-wrap: wrap; gap: 6px; }
  .target { overflow-wrap: anywhere; color: var(--muted); }
  .target a { color: var(--text); }
  .callout { padding: 8px 10px; border-radius: 6px; background: var(--warn-ground); color: var(--warn); overflow-wrap: anywhere; }
  .block { display: grid; gap: 4px; }
  .block-title, .headers summary { color: var(--muted); font-size: 12px; }
  .headers summary { width: fit-content; cursor: pointer; border-radius: 4px; }
  pre {
    max-height: 320px;
    padding: 10px 12px;
    overflow: auto;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: 6px;
    line-height: 1.5;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .json-key { color: var(--accent); }
  .json-string { color: var(--good); }
  .json-number { color: var(--warn); }
  .json-literal { color: var(--none); }
  .headers dl { display: grid; gap: 4px; padding-top: 6px; }
  .headers dl > div { display: grid; grid-template-columns: minmax(110px, 30%) minmax(0, 1fr); gap: 8px; }
  .headers dd { font: 12px / 1.5 var(--mono); overflow-wrap: anywhere; }

  .cards { display: grid; gap: 8px; }
  .card { display: grid; gap: 8px; padding: 10px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); }
  .card .facts { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 12px; }
  .card-heading { display: flex; align-items: start; justify-content: space-between; gap: 8px; overflow-wrap: anywhere; }
  .card-heading b { font-weight: 600; }
  .state { flex: none; padding: 0 7px; border-radius: 999px; background: var(--warn-ground); color: var(--warn); font-size: 11px; font-weight: 600; line-height: 1.6; }
  .state[data-state='applied'] { background: var(--good-ground); color: var(--good); }
  .state[data-state='rejected'], .state[data-state='failed'] { background: var(--bad-ground); color: var(--bad); }
  .state[data-state='expired'] { background: var(--none-ground); color: var(--none); }
  details .cards { padding-top: 8px; }

  .coverage summary { width: fit-content; cursor: pointer; border-radius: 4px; }
  .coverage > :not(summary) { margin-top: 8px; }
  .coverage meter { width: 100%; }

  .now { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 8px; font-size: 15px; font-variant-numeric: tabular-nums; }
  .now b { font-weight: 650; }
  .steps { display: flex; gap: 6px; }
  .steps button { flex: 1; padding-inline: 4px; font-variant-numeric: tabular-nums; }
  @media (forced-colors: active) {
    .choice:has(:checked), .option[data-active], .tabs button[aria-current='true'] { outline: 1px solid Highlight; outline-offset: -1px; }
  }
`;
