// Finds orders by what people know of them.
import { html, live, nothing } from './lit.js';
import { get } from './api.js';
import { money } from './format.js';
import { repaint } from './paint.js';
import { once, orderLink, problem, status, table, when } from './parts.js';
import { meant } from './sku.js';
import { capital, PARTIES, STATUSES, waitsFor } from './words.js';

const FIELDS = [['reference', 'Reference'], ['customer', 'Customer'], ['sku', 'SKU'], ['id', 'Order id']];
const COLUMNS = [
  ['Reference', (order) => orderLink(order.id, order.reference)],
  ['Status', (order) => status(order.status)],
  ['Waits for', (order) => (order.waiting_on ? waitsFor(order.waiting_on) : '–')],
  ['Customer', (order) => order.customer.id],
  ['Total', (order) => money(order.total), 'number'],
  ['Placed', (order) => when(order.created_at)],
];

export class Search {
  field = 'reference';
  text = '';
  status = '';
  party = '';
  orders = null;
  next = null;
  problem = null;
  #asked = 0;

  get active() {
    return Boolean(this.text || this.status || this.party);
  }

  /** Whether somebody has searched, whatever came of it. */
  get shown() {
    return this.orders !== null || this.problem !== null;
  }

  async find(cursor = null) {
    if (this.field === 'id' && this.text) {
      location.hash = `#/orders/${encodeURIComponent(this.text.trim())}`;
      return;
    }
    if (!this.active) {
      this.clear();
      return;
    }
    const asked = ++this.#asked;
    try {
      const text = this.text.trim();
      const page = await get('/v1/orders', {
        [this.field]: this.field === 'sku' && text ? await meant(text) : text,
        status: this.status, waiting_on: this.party, cursor, limit: 50,
      });
      if (asked === this.#asked) {
        this.orders = cursor ? [...this.orders, ...page.items] : page.items;
        this.next = page.next;
        this.problem = null;
      }
    } catch (failure) {
      if (asked === this.#asked) {
        this.orders = cursor ? this.orders : null;
        this.problem = failure;
      }
    }
    repaint();
  }

  clear() {
    this.#asked++;
    Object.assign(this, { text: '', status: '', party: '', orders: null, problem: null });
    repaint();
  }

  #change(name, value, now) {
    this[name] = value;
    if (now) {
      this.find();
    }
  }

  form() {
    const select = (name, label, options, any) => html`<label class="visually-hidden" for="search-${name}">${label}</label>
      <select id="search-${name}" .value=${live(this[name])} @change=${(event) => this.#change(name, event.target.value, name !== 'field')}>
        ${any ? html`<option value="">${any}</option>` : nothing}
        ${options.map(([value, text]) => html`<option value=${value}>${text}</option>`)}</select>`;
    return html`<search><form class="search" @submit=${(event) => { event.preventDefault(); this.find(); }}>
      ${select('field', 'Search in', FIELDS)}
      <label class="visually-hidden" for="search-text">Search for</label>
      <input id="search-text" type="search" data-search placeholder="Search orders …   /" .value=${live(this.text)}
        @input=${(event) => this.#change('text', event.target.value, event.target.value === '')} autocomplete="off">
      ${select('status', 'Status', STATUSES.map((each) => [each, capital(each)]), 'Any status')}
      ${select('party', 'Waits for', PARTIES.map((each) => [each, `Waits for ${each}`]), 'Waits for …')}
      <button>Search</button>
      ${this.active ? html`<button type="button" class="plain" @click=${() => this.clear()}>Clear</button>` : nothing}
    </form></search>`;
  }

  results() {
    return html`<section aria-labelledby="found"><h2 id="found">Found orders</h2>
      ${problem(this.problem, () => this.find())}
      ${this.orders ? this.#found() : nothing}
    </section>`;
  }

  #found() {
    return html`${table('Found orders', COLUMNS, this.orders, 'No order is like that. A reference, a customer and a SKU have to be written in full.')}
      ${this.next ? html`<button type="button" @click=${once(() => this.find(this.next))}>Show more</button>` : nothing}`;
  }
}
