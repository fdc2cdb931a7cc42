// Places an order to look at: each story shows another way that an order can go.
import { html, live, nothing } from './lit.js';
import { get, newKey, post } from './api.js';
import { dialog } from './dialog.js';
import { listen } from './live.js';
import { repaint } from './paint.js';
import { once, problem, say } from './parts.js';

const STORIES = [
  ['whole', 'tok_ok', 'The whole way', 'paid, dispatched at once, completed'],
  ['ok', 'tok_ok', 'As far as the warehouse', 'authorized and reserved; you dispatch it'],
  ['declined', 'tok_declined', 'Card declined', 'stock is released, the order is rejected'],
  ['3ds', 'tok_3ds', '3-D Secure', 'waits until the customer confirms'],
  ['pending', 'tok_pending', 'Bank takes its time', 'the gateway decides later'],
  ['sold-out', 'tok_ok', 'Out of stock', 'more than there is'],
  ['slow', 'tok_slow', 'Slow gateway', 'the answer takes a while'],
  ['silent', 'tok_timeout_after_charge', 'Answer lost', 'charged, but the answer never comes: it is looked up'],
  ['flaky', 'tok_flaky', 'Gateway in trouble', 'fails first, and is tried again'],
  ['no-refund', 'tok_refund_fails', 'Refund will fail', 'return something later, and see'],
];
const PRICES = { 'MUG-BLUE': 1299, 'MUG-WHITE': 1199, 'TEE-BLACK-M': 2490, 'TEE-BLACK-L': 2490, 'NOTEBOOK-A5': 790,
  'PEN-GEL': 240, 'TOTE-CANVAS': 1690, 'POSTER-LIMITED': 8900 };
const CUSTOMERS = ['ada', 'grace', 'edsger', 'barbara', 'alan', 'katherine', 'donald', 'radia'];
const OTHER_PRICE = 1000;

const any = (list) => list[Math.floor(Math.random() * list.length)];

export class DemoOrder {
  isOpen = false;
  story = 'whole';
  sku = '';
  stock = [];
  looked = false;
  problem = null;
  sending = false;
  more = false;
  #key = newKey();
  #customer = any(CUSTOMERS);

  async show() {
    this.isOpen = true;
    this.problem = null;
    repaint();
    try {
      const page = await get('/v1/stock', { limit: 200 });
      this.stock = page.items;
      this.more = page.next !== null;
      this.sku = any(this.stock.filter((item) => item.available > 2))?.sku ?? this.stock[0]?.sku ?? '';
      this.looked = true;
    } catch (failure) {
      this.problem = failure;
    }
    repaint();
  }

  close() {
    this.isOpen = false;
    repaint();
  }

  async #place(event) {
    event.preventDefault();
    if (!this.sku || this.sending) {
      return;
    }
    this.sending = true;
    this.problem = null;
    repaint();
    try {
      const order = await post('/v1/orders', this.#body(), { key: this.#key });
      say(`Order ${order.reference} is placed.`);
      if (this.story === 'whole') {
        dispatchOnceConfirmed(order.id);
      }
      this.#renew();
      this.close();
    } catch (failure) {
      this.problem = failure;
    }
    this.sending = false;
    repaint();
  }

  #body() {
    const [, method] = STORIES.find(([id]) => id === this.story);
    const item = this.stock.find((each) => each.sku === this.sku);
    return {
      // The same again when it is sent again, as is the customer: they are part of what the key stands for.
      reference: `DEMO-${this.#key.slice(-10).toUpperCase()}`,
      customer: { id: this.#customer, email: `${this.#customer}@example.org` },
      currency: 'EUR',
      lines: [{
        sku: this.sku,
        quantity: this.story === 'sold-out' ? item.available + 1 : 1,
        unit_price: { currency: 'EUR', amount: PRICES[this.sku] ?? OTHER_PRICE },
      }],
      payment: { method },
    };
  }

  #choose(name, value) {
    this[name] = value;
    this.#renew();
    repaint();
  }

  #renew() {
    this.#key = newKey();
    this.#customer = any(CUSTOMERS);
  }

  render() {
    if (!this.isOpen) {
      return nothing;
    }
    return dialog('Place a demo order', html`<form class="stack" @submit=${(event) => this.#place(event)}>
      <fieldset class="stories"><legend>How shall it go?</legend>
        ${STORIES.map(([id, , name, text]) => html`<label><input type="radio" name="story" value=${id}
          .checked=${live(this.story === id)} @change=${() => this.#choose('story', id)}>
          <span><strong>${name}</strong> <small>${text}</small></span></label>`)}
      </fieldset>
      <div class="field"><label for="demo-sku">What is ordered</label>
        <select id="demo-sku" .value=${live(this.sku)} @change=${(event) => this.#choose('sku', event.target.value)}>
          ${this.stock.map((item) => html`<option value=${item.sku} ?selected=${item.sku === this.sku}>${item.sku} (${item.available} available)</option>`)}
        </select>${this.more ? html`<p class="hint">These are the first ${this.stock.length} SKUs.</p>` : nothing}</div>
      ${problem(this.problem)}
      ${this.sku || this.problem ? nothing : html`<p class="hint" role="status">${this.looked ? 'Nothing is in stock: receive some on the stock page first.' : 'Looking what is in stock …'}</p>`}
      <div class="buttons"><button class="main" aria-disabled=${this.sending || !this.sku} @click=${once()}>Place the order</button></div>
    </form>`, () => this.close());
  }
}

/** Plays the warehouse for one order, which may be confirmed already. */
async function dispatchOnceConfirmed(id) {
  const key = newKey();
  const parcel = { carrier: 'DHL', tracking_number: key.slice(-10).toUpperCase() };
  const dispatch = () => post(`/v1/orders/${id}/shipments`, parcel, { key }).catch((failure) => say(`The order was not dispatched: ${failure.message}`));
  const stop = listen({
    fact: (fact) => {
      if (fact.order_id === id && fact.fact === 'OrderConfirmed') {
        stop();
        dispatch();
      }
    },
  });
  if ((await get(`/v1/orders/${id}`)).status === 'confirmed') {
    stop();
    dispatch();
  }
}
