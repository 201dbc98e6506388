import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import { html } from './html.ts';

/** A time in UTC that keeps ticking while it is shown, like the clock that it was read from. */
class Ticking extends AsyncDirective {
  #timer: ReturnType<typeof setInterval> | undefined;
  /** How far the clock is ahead of real time, in milliseconds. */
  #offset = 0;
  #now = '';
  #isRunning = false;

  render(now: string, isRunning: boolean) {
    if (now !== this.#now) this.#offset = Date.parse(now) - Date.now();
    this.#now = now;
    this.#isRunning = isRunning;
    this.#start();
    return timeView(isRunning ? this.#present() : now);
  }

  protected override disconnected() {
    clearInterval(this.#timer);
  }

  protected override reconnected() {
    this.#start();
  }

  #start() {
    clearInterval(this.#timer);
    if (this.#isRunning) this.#timer = setInterval(() => this.setValue(timeView(this.#present())), 1_000);
  }

  #present(): string {
    return new Date(Date.now() + this.#offset).toISOString();
  }
}

export const ticking = directive(Ticking);

function timeView(time: string) {
  return html`<time datetime=${time}>${time.slice(0, 10)} <b>${time.slice(11, 19)}</b></time>`;
}
