// Reads a text/event-stream over fetch, because EventSource cannot say who asks. Reconnects by itself.
import { Problem, send } from './api.js';

const SILENCE_MILLIS = 40_000;
const FIRST_PAUSE_MILLIS = 500;
const LONGEST_PAUSE_MILLIS = 15_000;

/** Turns chunks of text into blocks of {id, event, data}; comments are dropped. */
export class EventParser {
  #rest = '';

  take(text) {
    const blocks = (this.#rest + text).split(/\r?\n\r?\n/);
    this.#rest = blocks.pop();
    return blocks.map(parse);
  }
}

function parse(block) {
  const event = { data: '' };
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) {
      const value = line.slice(colon + 1).replace(/^ /, '');
      const name = line.slice(0, colon);
      event[name] = name === 'data' && event.data ? `${event.data}\n${value}` : value;
    }
  }
  return event;
}

/**
 * Follows a stream for ever.
 *
 * @param received is called with each event; opened whenever the stream is open (again); lost with the milliseconds until
 *             the next try and what went wrong, if anything did; restarted when the server does not know our place any more
 */
export class Stream {
  #lastId = null;
  #pause = FIRST_PAUSE_MILLIS;
  #abort = null;
  #wake = () => {};
  #resting = false;

  constructor(path, { received, opened, lost, restarted }) {
    Object.assign(this, { path, received, opened, lost, restarted });
  }

  async run() {
    for (;;) {
      let why = null;
      try {
        await this.#read();
      } catch (failure) {
        why = failure;
        if (failure instanceof Problem && (failure.status === 409 || failure.status === 422)) {
          this.#lastId = null;
          this.restarted();
        }
      }
      if (this.#resting) {
        await new Promise((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      this.lost(this.#pause, why);
      await new Promise((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, this.#pause);
      });
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MILLIS);
    }
  }

  /** Gives the connection free until it is woken: a browser has six for one server, over all its tabs. */
  rest() {
    this.#resting = true;
    this.#abort?.abort();
  }

  /** Gives a connection up that is no good, and goes on as after any loss. */
  drop() {
    this.#abort?.abort();
  }

  tryNow() {
    this.#resting = false;
    this.#wake();
  }

  async #read() {
    this.#abort = new AbortController();
    let silence = this.#expectSomething();
    try {
      const place = this.#lastId === null ? {} : { 'Last-Event-ID': this.#lastId };
      const response = await send(this.path, {
        headers: { Accept: 'text/event-stream', ...place },
        signal: this.#abort.signal,
      });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const parser = new EventParser();
      this.#pause = FIRST_PAUSE_MILLIS;
      this.opened();
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        clearTimeout(silence);
        silence = this.#expectSomething();
        parser.take(chunk.value).forEach((event) => this.#take(event));
      }
    } finally {
      clearTimeout(silence);
    }
  }

  #take(event) {
    this.#lastId = event.id ?? this.#lastId;
    if (event.data) {
      this.received(JSON.parse(event.data));
    }
  }

  /** A server that is gone without a goodbye sends no heartbeat either. */
  #expectSomething() {
    return setTimeout(() => this.#abort.abort(), SILENCE_MILLIS);
  }
}
