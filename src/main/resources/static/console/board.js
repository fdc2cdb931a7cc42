// All orders by state, live.
import { html, nothing, repeat } from './lit.js';
import { card } from './card.js';
import { DemoOrder } from './demo.js';
import { roveColumns, rove } from './keys.js';
import { Orders, PAGE } from './orders.js';
import { repaint } from './paint.js';
import { problem } from './parts.js';
import { Search } from './search.js';
import { capital, STATUSES } from './words.js';

const NONE = {
  placed: 'No order waits for stock or money.',
  confirmed: 'No order waits for the warehouse.',
  dispatched: 'No order is on its way.',
  completed: 'No order is shipped and paid yet.',
  rejected: 'No order had to be rejected.',
  cancelled: 'No order was undone.',
};

export class BoardView {
  title = 'Board';
  #orders = new Orders();
  #search = new Search();
  #demo = new DemoOrder();
  #tab = 'placed';
  #wide = matchMedia('(min-width: 62rem)');

  open() {
    this.#wide.addEventListener('change', repaint);
    this.#orders.open();
  }

  close() {
    this.#wide.removeEventListener('change', repaint);
    this.#orders.close();
  }

  extra() {
    return this.#demo.render();
  }

  render() {
    return html`<div class="head"><h1>Orders</h1>
        <button type="button" class="main" @click=${() => this.#demo.show()}>Place a demo order</button></div>
      ${this.#search.form()}
      ${problem(this.#orders.problem, () => this.#orders.reload())}
      ${this.#search.shown ? this.#search.results() : this.#wide.matches ? this.#columns() : this.#tabs()}`;
  }

  #count(status) {
    const orders = this.#orders.of(status).length;
    return orders >= PAGE && this.#orders.more[status] ? `${PAGE}+` : orders;
  }

  #columns() {
    return html`<div class="board" @keydown=${roveColumns}>${STATUSES.map((status) => html`
      <section class="column ${status}" aria-labelledby="column-${status}" data-column>
        <h2 id="column-${status}"><span>${capital(status)}</span> <span class="count">${this.#count(status)}</span></h2>
        ${this.#cards(status)}</section>`)}</div>`;
  }

  #tabs() {
    return html`<div class="tabs" role="tablist" aria-label="Orders by state" @keydown=${rove}>${STATUSES.map((status) => html`
        <button type="button" role="tab" id="tab-${status}" class=${status} aria-controls="orders-of-tab" data-rove
          aria-selected=${status === this.#tab} tabindex=${status === this.#tab ? 0 : -1}
          @focus=${() => this.#show(status)} @click=${() => this.#show(status)}>${capital(status)} <span class="count">${this.#count(status)}</span></button>`)}
      </div>
      <section class="column ${this.#tab}" role="tabpanel" id="orders-of-tab" aria-labelledby="tab-${this.#tab}" data-column
        @keydown=${roveColumns}>${this.#cards(this.#tab)}</section>`;
  }

  #show(status) {
    this.#tab = status;
    repaint();
  }

  #cards(status) {
    const orders = this.#orders.of(status);
    if (!orders.length) {
      return html`<p class="empty">${this.#orders.loaded ? NONE[status] : 'Loading …'}</p>`;
    }
    return html`<ul class="cards">${repeat(orders, (order) => order.id,
      (order, at) => card(order, this.#orders.fresh.get(order.id), at === 0))}</ul>
      ${this.#orders.more[status] ? html`<p class="empty">Older ones are found by searching.</p>` : nothing}`;
  }
}
