// One order: how it stands, what it waits for, what happened, and what can be done.
import { html, nothing, repeat } from './lit.js';
import { get } from './api.js';
import { money, span, utc } from './format.js';
import { staleness } from './freshness.js';
import { listen } from './live.js';
import { Load } from './load.js';
import { OrderActions } from './order-actions.js';
import { OrderMoney } from './order-money.js';
import { repaint } from './paint.js';
import { announce, facts, loaded, problem, since, status, table, when } from './parts.js';
import { toDo, waitsFor, words } from './words.js';

const BURST_MILLIS = 150;
/** What an entry changes about what is waited for. */
function wait(entry, before) {
  const on = entry.waiting_on;
  // The text of this event says what is waited for.
  const isSaid = entry.fact === 'OrderWaiting';
  if (!on || (!isSaid && on.code === before?.waiting_on?.code)) {
    return nothing;
  }
  return html`${isSaid ? nothing : `. ${waitsFor(on)}`}${on.deadline ? html`, until ${when(on.deadline)}` : nothing}`;
}

const LINES = [
  ['SKU', (line) => html`<a class="mono" href="#/stock/${encodeURIComponent(line.sku)}">${line.sku}</a>`],
  ['Ordered', (line) => line.quantity, 'number'],
  ['Held', (line) => line.reserved, 'number'],
  ['Shipped', (line) => line.shipped, 'number'],
  ['Returned', (line) => line.returned, 'number'],
  ['Price', (line) => money(line.unit_price), 'number'],
];

export class OrderView {
  title = 'Order';
  #id;
  #entries = [];
  #timer = null;
  #stop = null;
  #paymentId = null;

  constructor(id) {
    this.#id = id;
    this.order = new Load(() => this.#read());
    this.payment = new Load(() => this.#readPayment());
    this.timeline = new Load(async () => {
      this.#entries = (await get(`/v1/orders/${encodeURIComponent(id)}/timeline`)).entries;
      return this.#entries;
    });
    this.actions = new OrderActions(() => this.order.now());
    this.money = new OrderMoney(() => this.order.now());
  }

  open() {
    this.#stop = listen({ fact: (fact) => this.#add(fact), back: () => this.#reload() });
    this.#reload();
  }

  close() {
    this.#stop();
    clearTimeout(this.#timer);
  }

  #reload() {
    this.order.now();
    this.timeline.now();
  }

  async #read() {
    const order = await get(`/v1/orders/${encodeURIComponent(this.#id)}`);
    this.title = `Order ${order.reference}`;
    this.#paymentId = order.payment_id;
    await this.payment.now();
    return order;
  }

  /** An order that was rejected before its payment was asked for has none. */
  async #readPayment() {
    try {
      return await get(`/v1/payments/${this.#paymentId}`);
    } catch (failure) {
      if (failure.code === 'unknown_payment') {
        return { unknown: true };
      }
      throw failure;
    }
  }

  #add(fact) {
    if (fact.order_id !== this.#id) {
      return;
    }
    if (fact.id === (this.#entries.at(-1)?.id ?? 0) + 1) {
      this.#entries = [...this.#entries, fact];
      announce(fact.text);
    } else if (!this.#entries.some((entry) => entry.id === fact.id)) {
      this.timeline.now();
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.order.now();
    }, BURST_MILLIS);
    repaint();
  }

  render() {
    return html`<p class="crumbs"><a href="#/">Orders</a></p>${this.#unseen() ?? loaded(this.order, (order) => this.#show(order))}`;
  }

  #show(order) {
    return html`
      <div class="head"><h1>Order ${order.reference} ${status(order.status)}</h1><p class="total">${money(order.total)}</p>
        <p class="states">Payment: <strong>${words(order.payment_status)}</strong> · Stock: <strong>${words(order.stock_status)}</strong> · Placed ${when(order.created_at)} by ${order.customer.id}</p></div>
      ${this.#waiting(order)}
      ${order.rejection ? html`<p class="note"><strong>Rejected:</strong> ${order.rejection.detail ?? words(order.rejection.code)}</p>` : nothing}
      <div class="two">
        <div class="column-main">
          <section class="panel" aria-labelledby="actions"><h2 id="actions">What can be done</h2>${this.actions.render(order, this.#paid())}</section>
          <section class="panel" aria-labelledby="lines"><h2 id="lines">Goods</h2>${table('Lines of the order', LINES, order.lines)}</section>
          <section class="panel" aria-labelledby="money"><h2 id="money">Money</h2>${this.#money(order)}</section>
          <section class="panel" aria-labelledby="about"><h2 id="about">About</h2>${this.#about(order)}</section>
        </div>
        <section class="panel timeline" aria-labelledby="story"><h2 id="story">What happened</h2>${this.#story()}</section>
      </div>`;
  }

  /** An order is kept before it can be read. */
  #unseen() {
    const why = staleness();
    const unread = !this.order.data && (!this.order.problem || this.order.problem.passing);
    return why && unread ? html`<h1>Order</h1><p class="note">An order that was placed a moment ago cannot be shown yet: ${why}. It appears here by itself.</p>` : null;
  }

  #waiting(order) {
    const on = order.waiting_on;
    if (!on) {
      return nothing;
    }
    const left = on.deadline ? new Date(on.deadline) - Date.now() : null;
    return html`<div class="waiting ${on.party}"><p><strong>${waitsFor(on)}</strong>, asked ${since(on.since)}.
      ${left === null ? nothing : html`<time class="deadline" datetime=${on.deadline} title=${utc(on.deadline)}>${
        left > 0 ? `${span(left)} left` : `overdue for ${span(left)}`}</time>`}</p>
      ${toDo(on) ? html`<p class="hint">${toDo(on)}</p>` : nothing}</div>`;
  }

  #paid() {
    return this.payment.data?.unknown ? null : this.payment.data;
  }

  #money(order) {
    return loaded(this.payment, (payment) => (payment.unknown ? html`<p class="empty">No payment is known yet.</p>` : this.money.render(order, payment)));
  }

  #about(order) {
    const address = order.address;
    return facts([
      ['Customer', `${order.customer.id}, ${order.customer.email}`],
      ...(address ? [['Address', `${address.name}, ${address.street}, ${address.postal_code} ${address.city}, ${address.country}`]] : []),
      ['Changed', when(order.updated_at)],
      ['Id', html`<span class="mono">${order.id}</span>`],
    ]);
  }

  #story() {
    return html`${problem(this.timeline.problem, () => this.timeline.now())}
      <ol class="story" reversed>${repeat([...this.#entries].reverse(), (entry) => entry.id, (entry, index) => html`
        <li class="from-${entry.module}"><p>${entry.text}${wait(entry, this.#entries.at(-2 - index))}</p>
          <p class="hint">${when(entry.at)} · ${entry.module}${entry.actor ? ` · ${entry.actor}` : ''}</p></li>`)}</ol>`;
  }
}
