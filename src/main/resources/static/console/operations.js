// What operators see and do: one part at a time.
import { html, nothing } from './lit.js';
import { Books } from './operations-books.js';
import { DeadLetters } from './operations-letters.js';
import { Processors } from './operations-processors.js';
import { Deadlines, GatewayWork, WaitingOrders } from './operations-waiting.js';

const PARTS = { processors: ['Processors', Processors], 'dead-letters': ['Dead letters', DeadLetters], waiting: ['Waiting orders', WaitingOrders],
  deadlines: ['Deadlines', Deadlines], gateway: ['Gateway', GatewayWork], books: ['Books and backups', Books] };

export class OperationsView {
  #name;
  #part;
  #stops = [];

  constructor(name = 'processors') {
    this.#name = name in PARTS ? name : 'processors';
    const [title, Part] = PARTS[this.#name];
    this.title = title;
    this.#part = new Part();
  }

  open() {
    this.#stops = this.#part.open() ?? [];
  }

  close() {
    this.#stops.forEach((stop) => stop());
  }

  extra() {
    return this.#part.extra?.() ?? nothing;
  }

  render() {
    return html`<nav class="subnav" aria-label="Operations">${Object.entries(PARTS).map(([name, [text]]) => html`
        <a href="#/operations/${name}" aria-current=${name === this.#name ? 'page' : nothing}>${text}</a>`)}</nav>
      <div class="head"><h1>${this.title}</h1></div>
      ${this.#part.render()}`;
  }
}
