// A button that does something once, and says how it went.
import { html, nothing } from './lit.js';
import { announce, problem } from './parts.js';
import { repaint } from './paint.js';

export class Acts {
  #running = new Set();
  failure = null;
  done = null;

  /** @param name of the thing and what is done to it, so that nobody does it twice at once */
  button(name, label, act, { said = 'Done.', kind = '', about = '' } = {}) {
    const run = async () => {
      if (this.#running.has(name)) {
        return;
      }
      this.#running.add(name);
      this.failure = null;
      this.done = null;
      repaint();
      try {
        await act();
        this.done = said;
        announce(said);
      } catch (failure) {
        this.failure = failure;
      }
      this.#running.delete(name);
      repaint();
    };
    return html`<button type="button" class="small ${kind}" aria-disabled=${this.#running.has(name)} @click=${run}>${label}${this.#running.has(name) ? ' …' : nothing}${
      about ? html`<span class="visually-hidden"> ${about}</span>` : nothing}</button>`;
  }

  outcome() {
    return html`${problem(this.failure)}${this.done ? html`<p class="done">${this.done}</p>` : nothing}`;
  }
}
