// Stock: what there is of each SKU, how it moved, and what is received and corrected.
import { html, nothing } from './lit.js';
import { post } from './api.js';
import { Form, required, wholeNumber } from './form.js';
import { count } from './format.js';
import { listen } from './live.js';
import { Load, Pages } from './load.js';
import { facts, loaded, more, orderLink, problem, table, when } from './parts.js';
import { level, meant } from './sku.js';
import { capital, words } from './words.js';

const REASONS = [['count', 'Counted'], ['damaged', 'Damaged'], ['lost', 'Lost'], ['found', 'Found'], ['correction', 'Correction']];
const ROUND_MILLIS = 5000;

const signed = (units) => (units > 0 ? `+${count(units)}` : count(units));

export class StockView {
  #sku;
  #stops = [];

  constructor(sku) {
    this.#sku = sku;
    this.title = sku ? `Stock of ${sku}` : 'Stock';
    this.levels = sku ? new Load(() => level(sku)) : new Pages('/v1/stock', { limit: 200 });
    this.movements = new Pages(`/v1/stock/${encodeURIComponent(sku)}/movements`, { limit: 50 });
    this.wanted = new Form({
      values: () => ({ sku: '' }), check: (values) => required(values, 'sku'),
      submit: async ({ sku: of }) => {
        location.hash = `#/stock/${encodeURIComponent(await meant(of))}`;
      },
    });
    this.receipt = new Form({
      values: () => ({ sku: sku ?? '', quantity: '', note: '' }),
      check: ({ sku: of, quantity }) => ({ ...(of.trim() ? {} : { sku: 'Which SKU?' }), ...(wholeNumber(quantity, 1) ? {} : { quantity: 'A whole number from 1 on.' }) }),
      submit: async (values, { key }) => this.#move(sku ?? await meant(values.sku), 'receipts', { quantity: Number(values.quantity), note: values.note || null }, key),
    });
    this.adjustment = new Form({
      values: () => ({ counted: '', reason: 'count', note: '' }),
      basis: () => ({ expected: this.levels.data?.on_hand, facts: { 'on hand': this.levels.data?.on_hand } }),
      reload: () => this.levels.now(),
      check: ({ counted }) => (wholeNumber(counted, 0) ? {} : { counted: 'A whole number from 0 on.' }),
      submit: (values, { key, seen }) => this.#move(sku, 'adjustments', { counted: Number(values.counted), expected_on_hand: seen.expected,
        reason: values.reason, note: values.note || null }, key),
    });
  }

  open() {
    this.#stops = [this.levels.every(ROUND_MILLIS), listen({ back: () => this.#reload(), fact: (fact) => fact.module === 'inventory' && this.#reload() })];
    if (this.#sku) {
      this.movements.now();
    }
  }

  close() {
    this.#stops.forEach((stop) => stop());
  }

  #reload() {
    this.levels.now();
    if (this.#sku) {
      this.movements.now();
    }
  }

  async #move(sku, what, body, key) {
    const receipt = await post(`/v1/stock/${encodeURIComponent(sku)}/${what}`, body, { key });
    this.#reload();
    return `${signed(receipt.change)} ${sku}: ${count(receipt.on_hand)} on hand now.`;
  }

  render() {
    return this.#sku ? this.#one() : this.#all();
  }

  #all() {
    return html`<div class="head"><h1>Stock</h1></div>
      <search><form class="lookup" novalidate @submit=${(event) => this.wanted.send(event)}>
        ${this.wanted.field('sku', 'Look up', { required: true })}<button>Show</button></form>${problem(this.wanted.problem)}</search>
      ${loaded(this.levels, (items) => table('Stock levels', [
        ['SKU', (item) => html`<a class="mono" href="#/stock/${encodeURIComponent(item.sku)}">${item.sku}</a>`],
        ['Available', (item) => html`${count(item.available)}${item.available === 0 ? html` <span class="badge rejected">Sold out</span>` : nothing}`, 'number'],
        ['Held for orders', (item) => count(item.reserved), 'number'],
        ['On hand', (item) => count(item.on_hand), 'number'],
        ['Share held', (item) => html`<meter min="0" max=${Math.max(1, item.on_hand)} value=${item.reserved} aria-label="Share held of ${item.sku}"></meter>`],
        ['Changed', (item) => when(item.updated_at)],
      ], items, 'No SKU is known yet. Receive something below.'))}${more(this.levels)}
      <section class="panel narrow" aria-labelledby="receive"><h2 id="receive">Receive goods</h2>${this.#receiptForm(true)}</section>`;
  }

  #one() {
    return html`<p class="crumbs"><a href="#/stock">Stock</a></p>
      <div class="head"><h1 class="mono">${this.#sku}</h1></div>
      ${loaded(this.levels, (level) => (level.unknown ? this.#unknown() : html`${facts([['Available', html`<strong class="big">${count(level.available)}</strong>`], ['Held for orders', count(level.reserved)], ['On hand', count(level.on_hand)]])}
          <div class="two"><section class="panel" aria-labelledby="moves"><h2 id="moves">Movements</h2>${loaded(this.movements, (items) => this.#moves(items))}${more(this.movements)}</section>
          <div class="column-main">
            <section class="panel" aria-labelledby="receive"><h2 id="receive">Receive goods</h2>${this.#receiptForm(false)}</section>
            <section class="panel" aria-labelledby="adjust"><h2 id="adjust">Correct the level</h2>${this.#adjustmentForm(level)}</section>
          </div></div>`))}`;
  }

  #unknown() {
    return html`<p class="note">There was never any stock of this SKU. What you receive makes it known.</p>
      <section class="panel narrow" aria-labelledby="receive"><h2 id="receive">Receive goods</h2>${this.#receiptForm(false)}</section>`;
  }

  #moves(items) {
    return table(`Movements of ${this.#sku}`, [
      ['What', (move) => capital(words(move.kind))],
      ['On hand', (move) => signed(move.on_hand_change), 'number'],
      ['Held', (move) => signed(move.reserved_change), 'number'],
      ['Why', (move) => html`${move.order_id ? orderLink(move.order_id, `${move.order_id.slice(0, 12)}…`) : nothing} ${words(move.reason ?? '').replace('–', '')} ${move.note ?? ''}`],
      ['When', (move) => when(move.at)],
    ], items, 'Nothing moved yet.');
  }

  #receiptForm(any) {
    const form = this.receipt;
    return form.render('Receive', () => html`<div class="fields">
      ${any ? form.field('sku', 'SKU', { required: true, hint: 'A new one becomes known by this.' }) : nothing}
      ${form.field('quantity', 'Units', { required: true, inputmode: 'numeric' })}${form.field('note', 'Note', { maxlength: 500 })}</div>`, { kind: 'main' });
  }

  #adjustmentForm(level) {
    const form = this.adjustment;
    return form.render('Correct', () => html`<div class="fields">
      ${form.field('counted', 'Units that are there', { required: true, inputmode: 'numeric',
        hint: `Refused unless still ${count(level.on_hand)} are on hand, as you see here.` })}
      ${form.field('reason', 'Reason', { options: REASONS, required: true })}${form.field('note', 'Note', { maxlength: 500 })}</div>`);
  }
}
