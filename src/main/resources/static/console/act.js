// A button that does something once, and says how it went.
import { html, nothing } from './lit.js';
import { newKey } from './api.js';
import { once, problem, say } from './parts.js';
import { repaint } from './paint.js';

export class Acts {
  #running = new Set();
  #keys = new Map();
  failure = null;

  /**
   * @param name of the thing and what is done to it, so that nobody does it twice at once
   * @param act  does it under an Idempotency-Key, which stays the same until it is done
   */
  button(name, label, act, { said = 'Done.', kind = '', about = '' } = {}) {
    const run = async () => {
      if (this.#running.has(name)) {
        return;
      }
      this.#running.add(name);
      this.failure = null;
      repaint();
      try {
        const key = this.#keys.get(name) ?? newKey();
        this.#keys.set(name, key);
        await act(key);
        this.#keys.delete(name);
        say(said);
      } catch (failure) {
        this.failure = failure;
      }
      this.#running.delete(name);
      repaint();
    };
    return html`<button type="button" class="small ${kind}" aria-disabled=${this.#running.has(name)} @click=${once(run)}>${label}${this.#running.has(name) ? ' …' : nothing}${
      about ? html`<span class="visually-hidden"> ${about}</span>` : nothing}</button>`;
  }

  outcome() {
    return problem(this.failure);
  }
}
