// Something that is asked of the API, and asked again.
import { repaint } from './paint.js';

export class Load {
  data = null;
  problem = null;
  #ask;
  #timer = null;
  #asking = null;
  #again = false;

  constructor(ask) {
    this.#ask = ask;
  }

  /** Asks now; while an answer is on its way, asks once more after it. */
  now() {
    if (this.#asking) {
      this.#again = true;
      return this.#asking;
    }
    this.#asking = this.#run().finally(() => {
      this.#asking = null;
      if (this.#again) {
        this.#again = false;
        this.now();
      }
    });
    return this.#asking;
  }

  /** Asks every so many milliseconds while the page is seen, until the function that is answered is called. */
  every(millis) {
    this.now();
    this.#timer = setInterval(() => document.hidden || this.now(), millis);
    return () => clearInterval(this.#timer);
  }

  async #run() {
    try {
      this.data = await this.#ask();
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
    repaint();
  }
}
