// Something that is asked of the API, and asked again.
import { get } from './api.js';
import { repaint } from './paint.js';

export class Load {
  data = null;
  problem = null;
  #ask;
  #timer = null;
  #asking = null;
  #next = null;

  constructor(ask) {
    this.#ask = ask;
  }

  /** Asks now; while an answer is on its way, once more after it. Settles with an answer to a question of from now on. */
  now() {
    if (this.#asking) {
      this.#next ??= this.#asking.then(() => {
        this.#next = null;
        return this.now();
      });
      return this.#next;
    }
    this.#asking = this.#run().finally(() => {
      this.#asking = null;
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

/** A list of the API as far as somebody has turned its pages: nothing is left out without a word. */
export class Pages extends Load {
  more = false;
  #wanted = 1;

  /** @param query with the limit of a page */
  constructor(path, query) {
    super(() => this.#read(path, query));
  }

  showMore() {
    this.#wanted++;
    return this.now();
  }

  async #read(path, query) {
    const items = [];
    let cursor = null;
    for (let page = 1; page === 1 || (cursor && page <= this.#wanted); page++) {
      const read = await get(path, { ...query, cursor });
      items.push(...read.items);
      cursor = read.next;
    }
    this.more = cursor !== null;
    return items;
  }
}
