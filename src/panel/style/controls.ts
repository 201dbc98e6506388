import { css } from 'lit';

/** Visually hidden; screen readers still read it. */
export const visuallyHidden = css`
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
`;

/** Text, buttons and fields. */
export const controls = css`
  h1, h2, p, ol, ul, dl, dd, pre, fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    list-style: none;
    font: inherit;
  }
  h1 {
    display: flex;
    align-items: center;
    gap: 8px;
    font-weight: 650;
    font-size: 14px;
    letter-spacing: -0.01em;
    white-space: nowrap;
  }
  h2 {
    font-weight: 650;
    font-size: 13px;
    letter-spacing: -0.005em;
  }
  .mark { flex: none; }
  .mark rect { fill: none; stroke: var(--accent); stroke-width: 1.7; }
  .mark circle { fill: var(--accent); }
  .mono, code, pre, .path, .choice-name, .method { font-family: var(--mono); font-size: 12px; }
  .hint { color: var(--muted); font-size: 12px; }
  .empty { padding: 10px 14px; color: var(--muted); }
  .section-body > .empty { padding-inline: 0; padding-top: 0; }
  .visually-hidden {
    margin: -1px;
    ${visuallyHidden}
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }

  button, input, select, textarea {
    font: inherit;
    color: inherit;
  }
  button {
    flex: none;
    min-height: 28px;
    padding: 2px 10px;
    background: var(--surface);
    border: 1px solid var(--edge);
    border-radius: 6px;
    font-weight: 500;
    cursor: pointer;
  }
  button:hover { background: var(--raised); border-color: var(--muted); }
  button:active { transform: translateY(0.5px); }
  button:disabled { color: var(--muted); border-color: var(--line); cursor: default; background: none; }
  .primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
  .primary:hover { background: color-mix(in oklab, var(--accent) 88%, var(--text)); border-color: transparent; }
  .in-text { min-height: 24px; padding: 0; background: none; border: 0; font: inherit; text-align: start; text-decoration: underline; text-underline-offset: 2px; overflow-wrap: anywhere; }
  .in-text:hover { background: none; text-decoration-thickness: 2px; }
  .icon { width: 28px; padding: 0; border-color: transparent; background: none; color: inherit; }
  a { color: inherit; text-underline-offset: 2px; border-radius: 2px; overflow-wrap: anywhere; }
  a:hover { text-decoration-thickness: 2px; }
  input:not([type='radio'], [type='checkbox']), select, textarea {
    width: 100%;
    min-width: 0;
    min-height: 30px;
    padding: 3px 8px;
    background: var(--surface);
    border: 1px solid var(--edge);
    border-radius: 6px;
  }
  input.mono, textarea.mono { font-family: var(--mono); font-size: 12px; }
  input::placeholder { color: var(--muted); opacity: 1; }
  input[type='radio'], input[type='checkbox'] { accent-color: var(--accent); margin: 0; }
  .fields { display: grid; gap: 8px; }
  .fields.inline { display: flex; align-items: end; gap: 8px; }
  .field { display: grid; gap: 3px; min-width: 0; }
  .field > span:first-child { color: var(--muted); font-size: 12px; }
  .field.row { grid-template-columns: auto minmax(0, 1fr); align-items: center; gap: 8px; }
  textarea { display: block; field-sizing: content; resize: none; overflow-wrap: anywhere; }
  .sending { grid-template-columns: minmax(0, 1fr) auto; align-items: center; }
  .sending .field, .sending .picker { grid-column: 1 / -1; }
  .fields button { min-height: 30px; }
  .grow { flex: 1; }
  @container section (min-width: 420px) {
    .sending { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
    .sending .field:has(select) { grid-column: auto; }
    .sending button { justify-self: end; }
  }
  @container section (min-width: 520px) {
    .section-body .card .facts { grid-template-columns: repeat(4, auto); }
  }
  .check { display: inline-flex; align-items: center; gap: 6px; color: var(--muted); font-size: 12px; cursor: pointer; }
  .footed {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 4px 8px;
    margin-inline: -14px;
    padding: 8px 14px 10px;
    border-top: 1px solid var(--line);
    background: var(--raised);
  }
  .footed p { grid-column: 1 / -1; font-weight: 500; }
`;
