// The payment of an order with its operations at the gateway, and the repair of failed operations.
import { html, nothing } from './lit.js';
import { post } from './api.js';
import { Form, required } from './form.js';
import { money } from './format.js';
import { facts, status, table, when } from './parts.js';
import { capital, words } from './words.js';

const UNSURE = new Set(['unknown', 'pending', 'requested', 'action_required']);

/** Captured amounts, pending ones included, less all refunds; the payment itself decides. */
export function leftToRefund({ captured, operations, refunds }) {
  const capturing = operations.filter((each) => each.kind === 'capture' && UNSURE.has(each.status));
  const sum = (all) => all.reduce((total, each) => total + each.amount.amount, 0);
  return { ...captured, amount: captured.amount + sum(capturing) - sum(refunds) };
}

export class OrderMoney {
  #forms = new Map();
  #order = null;
  #payment = null;
  #reload;

  /** @param reload reads the order and its payment again */
  constructor(reload) {
    this.#reload = reload;
  }

  render(order, payment) {
    this.#order = order;
    this.#payment = payment;
    return html`
      ${facts([['Order', money(payment.amount)], ['Authorized', money(payment.authorized)], ['Captured', money(payment.captured)],
        ['Refunded', money(payment.refunded)],
        ...(payment.status === 'authorized' && payment.capture_before ? [['Can be captured until', when(payment.capture_before)]] : [])])}
      ${this.#nextAction(payment)}
      ${table('Operations at the gateway', [
        ['Operation', (operation) => capital(operation.kind)],
        ['Outcome', (operation) => html`${status(operation.status)}${operation.code ? html` <span class="hint">${words(operation.code)}</span>` : nothing}`],
        ['Amount', (operation) => money(operation.amount), 'number'],
        ['Requested', (operation) => when(operation.requested_at)],
      ], payment.operations)}
      ${payment.operations.filter((operation) => operation.actions.length).map((operation) => this.#repair(payment, operation))}
      ${payment.operations.some((operation) => UNSURE.has(operation.status)) ? this.#form('inquiry', () => new Form({
        submit: () => this.#send(`/v1/payments/${payment.id}/inquiries`, undefined, {}, 'The gateway was asked.') }))
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
    const basis = () => ({ version: this.#payment.version,
      facts: { [`${operation.kind} of ${money(operation.amount)}`]: words(this.#payment.operations.find(({ id }) => id === operation.id).status) } });
    const retry = this.#form(`retry-${operation.id}`, () => new Form({ basis, reload: this.#reload,
      submit: (values, conditions) => this.#send(`${path}/retries`, undefined, conditions, 'The operation is retried.') }));
    const settle = this.#form(`settle-${operation.id}`, () => new Form({ basis, reload: this.#reload, values: () => ({ note: '' }),
      check: (values) => required(values, 'note'),
      submit: ({ note }, conditions) => this.#send(`${path}/settlements`, { note }, conditions, 'The operation was settled.') }));
    return html`<div class="action"><h3>${capital(operation.kind)} of ${money(operation.amount)} failed</h3>
      ${operation.subject ? html`<p class="hint mono">${operation.subject}</p>` : nothing}
      ${retry.render('Retry', undefined, { kind: 'main' })}
      ${settle.render('Settle by hand', () => settle.field('note', 'Or how it was settled otherwise', { required: true, maxlength: 500 }))}</div>`;
  }

  #closure(order, each) {
    const basis = () => ({ version: this.#order.version, facts: { return: words(this.#order.returns.find(({ id }) => id === each.id).status) } });
    const form = this.#form(`close-${each.id}`, () => new Form({ basis, reload: this.#reload, values: () => ({ note: '' }),
      check: (values) => required(values, 'note'),
      submit: ({ note }, conditions) => this.#send(`/v1/orders/${order.id}/returns/${each.id}/closures`, { note }, conditions, 'The return was closed.') }));
    return html`<div class="action"><h3>A return worth ${money(each.value)} is open</h3>
      ${form.render('Close by hand', () => form.field('note', 'How it was settled', { required: true, maxlength: 500 }))}</div>`;
  }

  async #send(path, body, conditions, said) {
    await post(path, body, conditions);
    this.#reload();
    return said;
  }

  #form(name, make) {
    if (!this.#forms.has(name)) {
      this.#forms.set(name, make());
    }
    return this.#forms.get(name);
  }
}
