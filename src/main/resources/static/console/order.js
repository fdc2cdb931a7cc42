// One order: how it stands, what it waits for, what happened, and what can be done.
import { html, nothing, repeat } from './lit.js';
import { get } from './api.js';
import { money, span, utc } from './format.js';
import { listen } from './live.js';
import { Load } from './load.js';
import { OrderActions } from './order-actions.js';
import { OrderMoney } from './order-money.js';
import { repaint } from './paint.js';
import { announce, facts, loaded, problem, since, status, table, when } from './parts.js';
import { toDo, waitsFor, words } from './words.js';

const BURST_MILLIS = 150;
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
  #payment = null;

  constructor(id) {
    this.#id = id;
    this.order = new Load(() => this.#read());
    this.timeline = new Load(async () => {
      this.#entries = (await get(`/v1/orders/${id}/timeline`)).entries;
      return this.#entries;
    });
    this.actions = new OrderActions(() => this.order.now());
    this.money = new OrderMoney(() => this.order.now());
  }

  open() {
    this.#stop = listen({ fact: (fact) => this.#heard(fact), back: () => this.#reload() });
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
    this.#payment = await get(`/v1/payments/${order.payment_id}`).catch(() => null);
    return order;
  }

  #heard(fact) {
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
    return html`<p class="crumbs"><a href="#/">Orders</a></p>${loaded(this.order, (order) => this.#show(order))}`;
  }

  #show(order) {
    return html`
      <div class="head"><h1>Order ${order.reference} ${status(order.status)}</h1><p class="total">${money(order.total)}</p>
        <p class="states">Payment: <strong>${words(order.payment_status)}</strong> · Stock: <strong>${words(order.stock_status)}</strong> · Placed ${when(order.created_at)} by ${order.customer.id}</p></div>
      ${this.#waiting(order)}
      ${order.rejection ? html`<p class="note"><strong>Rejected:</strong> ${order.rejection.detail ?? words(order.rejection.code)}</p>` : nothing}
      <div class="two">
        <div class="column-main">
          <section class="panel" aria-labelledby="actions"><h2 id="actions">What can be done</h2>${this.actions.render(order)}</section>
          <section class="panel" aria-labelledby="lines"><h2 id="lines">Goods</h2>${table('Lines of the order', LINES, order.lines)}</section>
          <section class="panel" aria-labelledby="money"><h2 id="money">Money</h2>${this.money.render(order, this.#payment)}</section>
          <section class="panel" aria-labelledby="about"><h2 id="about">About</h2>${this.#about(order)}</section>
        </div>
        <section class="panel timeline" aria-labelledby="story"><h2 id="story">What happened</h2>${this.#story()}</section>
      </div>`;
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
      <ol class="story" reversed>${repeat([...this.#entries].reverse(), (entry) => entry.id, (entry) => html`
        <li class="from-${entry.module}"><p>${entry.text}</p>
          <p class="hint">${when(entry.at)} · ${entry.module}${entry.actor ? ` · ${entry.actor}` : ''}</p></li>`)}</ol>`;
  }
}
