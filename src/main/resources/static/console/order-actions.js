// Forms for the actions on an order; one is open at a time.
import { html, nothing } from './lit.js';
import { post, Problem } from './api.js';
import { Form, required, wholeNumber } from './form.js';
import { money, minorUnits, majorUnits } from './format.js';
import { leftToRefund } from './order-money.js';
import { repaint } from './paint.js';
import { once, problem } from './parts.js';
import { may } from './session.js';
import { RESUMABLE, units, waitsFor, words } from './words.js';

const NAMES = { cancel: 'Cancel', dispatch: 'Dispatch', return: 'Return goods', refund: 'Refund money', resume: 'Resume' };
/** Roles that actions require. */
const ROLES = { dispatch: 'staff', refund: 'staff', resume: 'admin' };
const CONDITIONS = [['restock', 'Good: back in stock'], ['damaged', 'Damaged']];

export class OrderActions {
  #open = null;
  #form = null;
  #order = null;
  #payment = null;
  /** Why the action of the open form is not possible any more. */
  #ended = null;
  #reload;

  /** @param reload reads the order and its payment again */
  constructor(reload) {
    this.#reload = reload;
  }

  /** @param payment null while it is not known */
  render(order, payment) {
    this.#order = order;
    this.#payment = payment;
    const actions = this.#actions();
    if (this.#open && !actions.includes(this.#open) && !this.#form.sending) {
      this.#end();
    }
    if (!actions.length) {
      return html`${problem(this.#ended)}<p class="empty">Nothing at the moment.</p>`;
    }
    return html`${problem(this.#ended)}<div class="buttons">${actions.map((action) => html`<button type="button" class=${action === 'cancel' ? 'danger' : ''}
        aria-expanded=${this.#open === action} @click=${once(() => this.#choose(action))}>${NAMES[action] ?? action}</button>`)}</div>
      ${this.#open ? html`<div class="action">${this.#fields(this.#open)}</div>` : nothing}`;
  }

  #actions() {
    const { actions, waiting_on: on } = this.#order;
    return [...actions.filter((each) => each !== 'cancel'), ...(RESUMABLE.has(on?.code) ? ['resume'] : []),
      ...actions.filter((each) => each === 'cancel')].filter((each) => !ROLES[each] || may(ROLES[each]));
  }

  #end() {
    const form = this.#form;
    this.#ended = form.problem ?? (form.touched ? new Problem({ detail: `“${NAMES[this.#open]}” is not possible any more: the order is ${
      words(this.#order.status)} now. Nothing was sent.` }) : null);
    this.#open = null;
  }

  /** A form whose answer was lost is kept: it has to be sent again as it was. */
  #choose(action) {
    this.#open = this.#open === action ? null : action;
    this.#ended = null;
    if (this.#open && !(this.#form?.action === action && this.#form.problem?.passing)) {
      this.#form = Object.assign(this.#make(action), { action });
    }
    repaint();
  }

  #make(action) {
    const { id, payment_id: payment } = this.#order;
    const path = `/v1/orders/${id}`;
    const send = (to, body, said) => async (values, { key, version }) => {
      await post(to, body(values), { key, version });
      this.#open = null;
      this.#reload();
      return said(values);
    };
    const form = (parts) => new Form({ reload: this.#reload, basis: () => this.#basis(action), ...parts });
    switch (action) {
      case 'cancel':
        return form({ values: () => ({ reason: '' }), check: (values) => required(values, 'reason'),
          submit: send(`${path}/cancellations`, ({ reason }) => ({ reason }), () => 'The cancellation was requested.') });
      case 'dispatch':
        return form({ values: () => ({ carrier: '', tracking_number: '', ...this.#quantities((line) => line.reserved) }),
          check: (values) => this.#checkLines(values, (line) => line.reserved),
          submit: send(`${path}/shipments`, (values) => ({ carrier: values.carrier || null,
            tracking_number: values.tracking_number || null, lines: this.#lines(values) }),
          (values) => `Dispatched: ${this.#lines(values).map((line) => units(line.quantity, line.sku)).join(', ')}.`) });
      case 'return':
        return form({ values: () => ({ reason: '', condition: 'restock', ...this.#quantities(() => 0) }),
          check: (values) => ({ ...this.#checkLines(values, (line) => line.shipped - line.returned), ...required(values, 'reason') }),
          submit: send(`${path}/returns`, (values) => ({ reason: values.reason,
            lines: this.#lines(values).map((line) => ({ ...line, condition: values.condition })) }),
          (values) => `Returned: ${this.#lines(values).map((line) => units(line.quantity, line.sku)).join(', ')}.`) });
      case 'refund':
        return form({ values: () => ({ amount: '', reason: '' }), check: (values) => this.#checkRefund(values),
          submit: send(`/v1/payments/${payment}/refunds`, (values) => ({ reason: values.reason, amount: this.#amount(values) }),
            (values) => `The refund of ${money(this.#amount(values))} was requested.`) });
      default:
        return form({ submit: send(`/v1/operations/waiting-orders/${id}/resume`, () => undefined, () => 'The order was resumed.') });
    }
  }

  /** The version that an action changes, and the facts that the decision is based on. */
  #basis(action) {
    const order = this.#order;
    const byLine = (label, units) => Object.fromEntries(order.lines.map((line) => [`${label} ${line.sku}`, units(line)]));
    switch (action) {
      case 'cancel':
        return { version: order.version, facts: { Status: words(order.status), ...byLine('shipped of', (line) => line.shipped) } };
      case 'dispatch':
        return { version: order.version, facts: byLine('still to be dispatched of', (line) => line.reserved) };
      case 'return':
        return { version: order.version, facts: byLine('still with the customer of', (line) => line.shipped - line.returned) };
      case 'refund':
        return { version: this.#payment?.version, facts: { 'left to refund': this.#payment ? money(leftToRefund(this.#payment)) : '–' } };
      default:
        return { facts: { order: order.waiting_on ? waitsFor(order.waiting_on) : 'is not waiting' } };
    }
  }

  #quantities(initial) {
    return Object.fromEntries(this.#order.lines.map((line, at) => [`line-${at}`, String(initial(line))]));
  }

  #lines(values) {
    return this.#order.lines.map((line, at) => ({ sku: line.sku, quantity: Number(values[`line-${at}`]) }))
      .filter((line) => line.quantity > 0);
  }

  #checkLines(values, most) {
    const wrong = this.#order.lines.flatMap((line, at) => (wholeNumber(values[`line-${at}`], 0)
      && Number(values[`line-${at}`]) <= most(line) ? [] : [[`line-${at}`, `From 0 to ${most(line)}.`]]));
    const none = !wrong.length && !this.#lines(values).length ? [['line-0', 'At least one unit of something.']] : [];
    return Object.fromEntries([...wrong, ...none]);
  }

  /** The amount entered, or null when it is invalid. */
  #amount(values) {
    const { currency } = this.#order.total;
    const amount = minorUnits(values.amount, currency);
    return amount > 0 ? { currency, amount } : null;
  }

  #checkRefund(values) {
    const left = leftToRefund(this.#payment);
    const amount = this.#amount(values);
    const wrong = !amount ? `An amount of ${majorUnits(left)} at most.` : amount.amount > left.amount ? `No more than ${money(left)} is left to refund.` : null;
    return { ...(wrong ? { amount: wrong } : {}), ...required(values, 'reason') };
  }

  #fields(action) {
    const form = this.#form;
    const reason = () => form.field('reason', 'Reason', { required: true, maxlength: 500 });
    const quantities = () => html`<div class="fields">${this.#order.lines.map((line, at) => form.field(`line-${at}`,
      `Units of ${line.sku}`, { type: 'number', required: true, inputmode: 'numeric' }))}</div>`;
    switch (action) {
      case 'cancel':
        return form.render('Cancel the order', reason, { kind: 'danger' });
      case 'dispatch':
        return form.render('Dispatch', () => html`${quantities()}<div class="fields">
          ${form.field('carrier', 'Carrier', { maxlength: 100 })}${form.field('tracking_number', 'Tracking number', { maxlength: 100 })}</div>`, { kind: 'main' });
      case 'return':
        return form.render('Return goods', () => html`${quantities()}
          ${form.field('condition', 'Condition', { options: CONDITIONS, required: true })}${reason()}`, { kind: 'main' });
      case 'refund':
        return this.#payment ? this.#refund(form, reason) : html`<p class="empty">The captured amount is not known yet.</p>`;
      default:
        return form.render('Resume', () => html`<p>Repeats all outstanding requests and resets the deadlines. It is safe to repeat.</p>`, { kind: 'main' });
    }
  }

  /** The button repeats the amount, so that nobody refunds more than intended. */
  #refund(form, reason) {
    const left = leftToRefund(this.#payment);
    if (left.amount <= 0) {
      return html`<p class="empty">Nothing is left to refund.</p>`;
    }
    const amount = this.#amount(form.values);
    return form.render(amount ? `Refund ${money(amount)}` : 'Refund', () => html`
      ${form.field('amount', `Amount in ${left.currency}`, { inputmode: 'decimal', required: true, hint: `${money(left)} is left to refund.` })}
      <div class="buttons"><button type="button" class="small" @click=${() => form.set('amount', majorUnits(left))}>All that is left: ${money(left)}</button></div>
      ${reason()}`, { kind: 'main' });
  }
}
