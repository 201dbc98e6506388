import { html } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';

/** A time in UTC that goes on by the second while it is shown, as the clock that it was read from does. */
class Ticking extends AsyncDirective {
  #timer: ReturnType<typeof setInterval> | undefined;
  /** What the clock is ahead of real time, in milliseconds. */
  #offset = 0;
  #now = '';
  #runs = false;

  render(now: string, runs: boolean) {
    if (now !== this.#now) this.#offset = Date.parse(now) - Date.now();
    this.#now = now;
    this.#runs = runs;
    this.#start();
    return timeView(runs ? this.#present() : now);
  }

  protected override disconnected() {
    clearInterval(this.#timer);
  }

  protected override reconnected() {
    this.#start();
  }

  #start() {
    clearInterval(this.#timer);
    if (this.#runs) this.#timer = setInterval(() => this.setValue(timeView(this.#present())), 1_000);
  }

  #present(): string {
    return new Date(Date.now() + this.#offset).toISOString();
  }
}

export const ticking = directive(Ticking);

function timeView(time: string) {
  return html`<time datetime=${time}>${time.slice(0, 10)} <b>${time.slice(11, 19)}</b></time>`;
}
