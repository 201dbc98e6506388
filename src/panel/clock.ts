import { html, nothing } from 'lit';
import type { PanelClock } from './panel-source.ts';
import type { Section, SectionHost } from './section.ts';
import { ticking } from './ticking.ts';
import { submitted, typed } from './typed.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly (readonly [label: string, spoken: string, milliseconds: number])[] = [
  ['+1 min', 'one minute', MINUTE],
  ['+1 h', 'one hour', HOUR],
  ['+1 d', 'one day', DAY],
  ['+7 d', 'seven days', 7 * DAY],
  ['+30 d', 'thirty days', 30 * DAY],
];

const KINDS: Readonly<Record<PanelClock['kind'], string>> = {
  running: 'runs with real time',
  fixed: 'stands still',
  caller: 'follows the code that made the mock, and cannot be moved from here',
};

/** Shows the mock's present, sets it and moves it forward. */
export function createClockSection(host: SectionHost): Section {
  let time = '';

  const advance = (milliseconds: number, spoken: string) =>
    host.act(async (source) => {
      await source.advanceClock(milliseconds);
      return `The clock is ${spoken} later.`;
    });
  const set = () =>
    host.act(async (source) => {
      await source.setClock(time.trim());
      time = '';
      return 'The clock is set, and stands still.';
    });

  return {
    id: 'clock',
    title: 'Clock',
    render: ({ clock: { now, kind } }) => html`
      <p class="now">
        ${ticking(now, kind === 'running')} <span class="hint">UTC</span>
      </p>
      <p class="hint">${KINDS[kind]}</p>
      ${
        kind === 'caller'
          ? nothing
          : html`
            <div class="steps" role="group" aria-label="Advance the clock">
              ${STEPS.map(
                ([label, spoken, milliseconds]) =>
                  html`<button type="button" aria-label="Advance by ${spoken}"
                    @click=${() => advance(milliseconds, spoken)}>${label}</button>`,
              )}
            </div>
            <form class="fields inline" @submit=${submitted(set)}>
              <label class="field grow">
                <span>Set to</span>
                <input class="mono" required spellcheck="false" autocomplete="off" placeholder="now-1d, or ISO 8601"
                  .value=${time} @input=${(event: Event) => {
                    time = typed(event);
                  }}>
              </label>
              <button type="submit">Set</button>
            </form>`
      }`,
  };
}
