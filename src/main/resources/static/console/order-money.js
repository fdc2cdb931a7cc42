// The payment of an order with its operations at the gateway, and what staff does when the gateway refuses.
import { html, nothing } from './lit.js';
import { post } from './api.js';
import { Form, required } from './form.js';
import { money } from './format.js';
import { repaint } from './paint.js';
import { facts, status, table, when } from './parts.js';
import { capital, words } from './words.js';

const UNSURE = new Set(['unknown', 'pending', 'requested', 'action_required']);

export class OrderMoney {
  #forms = new Map();
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  render(order, payment) {
    if (!payment) {
      return html`<p class="empty">No payment is known yet.</p>`;
    }
    return html`
      ${facts([['Order', money(payment.amount)], ['Set aside', money(payment.authorized)], ['Taken', money(payment.captured)],
        ['Paid back', money(payment.refunded)],
        ...(payment.status === 'authorized' && payment.capture_before ? [['Can be taken until', when(payment.capture_before)]] : [])])}
      ${this.#nextAction(payment)}
      ${table('Operations at the gateway', [
        ['Operation', (operation) => capital(operation.kind)],
        ['Outcome', (operation) => html`${status(operation.status)}${operation.code ? html` <span class="hint">${words(operation.code)}</span>` : nothing}`],
        ['Amount', (operation) => money(operation.amount), 'number'],
        ['Asked', (operation) => when(operation.requested_at)],
      ], payment.operations)}
      ${payment.operations.filter((operation) => operation.actions.length).map((operation) => this.#repair(payment, operation))}
      ${payment.operations.some((operation) => UNSURE.has(operation.status)) ? this.#form('inquiry', () => new Form({
        submit: (values, key) => this.#send(`/v1/payments/${payment.id}/inquiries`, undefined, key, 'The gateway is asked.') }))
        .render('Ask the gateway now') : nothing}
      ${order.waiting_on?.party === 'staff' ? order.returns.filter((each) => each.status === 'open').map((each) => this.#closure(order, each)) : nothing}`;
  }

  #nextAction({ next_action: action }) {
    const isWeb = action && /^https?:\/\//.test(action.url);
    return isWeb ? html`<p class="note">The customer has to confirm the payment until ${when(action.expires_at)}:
      <a href=${action.url} target="_blank" rel="noopener noreferrer">open the page of the bank</a>.</p>` : nothing;
  }

  #repair(payment, operation) {
    const path = `/v1/payments/${payment.id}/operations/${operation.id}`;
    const retry = this.#form(`retry-${operation.id}`, () => new Form({
      submit: (values, key) => this.#send(`${path}/retries`, undefined, key, 'It is tried again.') }));
    const settle = this.#form(`settle-${operation.id}`, () => new Form({ values: { note: '' }, check: (values) => required(values, 'note'),
      submit: ({ note }, key) => this.#send(`${path}/settlements`, { note }, key, 'It is settled.') }));
    return html`<div class="action"><h3>${capital(operation.kind)} of ${money(operation.amount)} failed</h3>
      ${operation.subject ? html`<p class="hint mono">${operation.subject}</p>` : nothing}
      ${retry.render('Try it again', nothing, { kind: 'main' })}
      ${settle.render('Settle by hand', settle.field('note', 'Or say how it was settled otherwise', { required: true, maxlength: 500 }))}</div>`;
  }

  #closure(order, each) {
    const form = this.#form(`close-${each.id}`, () => new Form({ values: { note: '' }, check: (values) => required(values, 'note'),
      submit: ({ note }, key) => this.#send(`/v1/orders/${order.id}/returns/${each.id}/closures`, { note }, key, 'The return is closed.') }));
    return html`<div class="action"><h3>A return worth ${money(each.value)} is open</h3>
      ${form.render('Close by hand', form.field('note', 'How it was settled', { required: true, maxlength: 500 }))}</div>`;
  }

  async #send(path, body, key, said) {
    await post(path, body, key);
    this.#changed();
    repaint();
    return said;
  }

  #form(name, make) {
    if (!this.#forms.has(name)) {
      this.#forms.set(name, make());
    }
    return this.#forms.get(name);
  }
}
