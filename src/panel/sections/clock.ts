import { nothing } from 'lit';
import type { PanelClock } from '../source/panel-source.ts';
import { inputValue, onSubmit } from '../views/form-events.ts';
import { html } from '../views/html.ts';
import { ticking } from '../views/ticking.ts';
import type { Section, SectionHost } from './section.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const STEPS: readonly (readonly [label: string, milliseconds: number])[] = [
  ['+1 h', HOUR],
  ['+1 d', DAY],
  ['+7 d', 7 * DAY],
  ['+30 d', 30 * DAY],
];

const KINDS: Readonly<Record<PanelClock['kind'], string>> = {
  running: 'follows real time',
  fixed: 'stands still',
  caller: 'set by the code that created the mock; it cannot be changed here',
};

/** Shows the mock's clock, sets it and advances it. */
export function createClockSection(host: SectionHost): Section {
  let time = '';

  const advance = (label: string, milliseconds: number) =>
    host.act(async (source) => {
      await source.advanceClock(milliseconds);
      return `The clock has advanced by ${label.slice(1)}.`;
    });
  const set = () =>
    host.act(async (source) => {
      await source.setClock(time.trim());
      time = '';
      return 'The clock is set and stands still.';
    });

  return {
    id: 'clock',
    title: 'Clock',
    render: ({ clock: { now, kind } }) => html`
      <p class="now">${ticking(now, kind === 'running')} <span class="hint">UTC, ${KINDS[kind]}</span></p>
      ${
        kind === 'caller'
          ? nothing
          : html`
            <div class="steps" role="group" aria-label="Advance the clock">
              ${STEPS.map(
                ([label, milliseconds]) =>
                  html`<button type="button" @click=${() => advance(label, milliseconds)}>${label}</button>`,
              )}
            </div>
            <form class="fields inline" @submit=${onSubmit(set)}>
              <label class="field row grow">
                <span>Set to</span>
                <input class="mono" required spellcheck="false" autocomplete="off" placeholder="now-1d, or ISO 8601"
                  .value=${time} @input=${(event: Event) => {
                    time = inputValue(event);
                  }}>
              </label>
              <button type="submit">Set</button>
            </form>`
      }`,
  };
}
