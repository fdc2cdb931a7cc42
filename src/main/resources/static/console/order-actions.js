// What can be asked of an order now, as forms: one at a time is open.
import { html, nothing } from './lit.js';
import { post } from './api.js';
import { Form, required, wholeNumber } from './form.js';
import { money, minorUnits, majorUnits } from './format.js';
import { repaint } from './paint.js';
import { may } from './session.js';
import { RESUMABLE } from './words.js';

const NAMES = { cancel: 'Cancel', dispatch: 'Dispatch', return: 'Take goods back', refund: 'Pay money back', resume: 'Let it go on' };
const CONDITIONS = [['restock', 'Good: back on the shelf'], ['damaged', 'Damaged']];

export class OrderActions {
  #open = null;
  #form = null;
  #order = null;
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  render(order) {
    this.#order = order;
    const actions = [...order.actions.filter((each) => each !== 'cancel'), ...(RESUMABLE.has(order.waiting_on?.code) && may('admin') ? ['resume'] : []),
      ...order.actions.filter((each) => each === 'cancel')];
    if (this.#open && !actions.includes(this.#open) && !this.#form.sending) {
      this.#open = null;
    }
    if (!actions.length) {
      return html`<p class="empty">Nothing at the moment.</p>`;
    }
    return html`<div class="buttons">${actions.map((action) => html`<button type="button" class=${action === 'cancel' ? 'danger' : ''}
        aria-expanded=${this.#open === action} @click=${() => this.#choose(action)}>${NAMES[action] ?? action}</button>`)}</div>
      ${this.#open ? html`<div class="action">${this.#fields(this.#open)}</div>` : nothing}`;
  }

  #choose(action) {
    this.#open = this.#open === action ? null : action;
    this.#form = this.#open ? this.#make(action) : null;
    repaint();
  }

  #make(action) {
    const order = this.#order;
    const path = `/v1/orders/${order.id}`;
    const send = (to, body, said) => async (values, key) => {
      await post(to, body(values), key);
      this.#changed();
      return said;
    };
    switch (action) {
      case 'cancel':
        return new Form({ values: { reason: '' }, check: (values) => required(values, 'reason'),
          submit: send(`${path}/cancellations`, ({ reason }) => ({ reason }), 'Cancellation is requested.') });
      case 'dispatch':
        return new Form({ values: { carrier: '', tracking_number: '', ...this.#quantities((line) => line.reserved) },
          check: (values) => this.#checkLines(values, (line) => line.reserved),
          submit: send(`${path}/shipments`, (values) => ({ carrier: values.carrier || null,
            tracking_number: values.tracking_number || null, lines: this.#lines(values) }), 'Dispatched.') });
      case 'return':
        return new Form({ values: { reason: '', condition: 'restock', ...this.#quantities(() => 0) },
          check: (values) => ({ ...this.#checkLines(values, (line) => line.shipped - line.returned), ...required(values, 'reason') }),
          submit: send(`${path}/returns`, (values) => ({ reason: values.reason,
            lines: this.#lines(values).map((line) => ({ ...line, condition: values.condition })) }), 'Taken back.') });
      case 'refund':
        return new Form({ values: { amount: '', reason: '' }, check: (values) => this.#checkRefund(values),
          submit: send(`/v1/payments/${order.payment_id}/refunds`, ({ amount, reason }) => ({ reason, amount: amount.trim()
            ? { currency: order.total.currency, amount: minorUnits(amount, order.total.currency) } : null }), 'The refund is asked for.') });
      default:
        return new Form({ submit: send(`/v1/operations/waiting-orders/${order.id}/resume`, () => undefined, 'Asked to go on.') });
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

  #checkRefund(values) {
    const currency = this.#order.total.currency;
    const amount = values.amount.trim() ? minorUnits(values.amount, currency) : 1;
    return { ...(amount > 0 ? {} : { amount: `An amount such as ${majorUnits(this.#order.total)}.` }), ...required(values, 'reason') };
  }

  #fields(action) {
    const form = this.#form;
    const reason = form.field('reason', 'Reason', { required: true, maxlength: 500 });
    const quantities = () => html`<div class="fields">${this.#order.lines.map((line, at) => form.field(`line-${at}`,
      `Units of ${line.sku}`, { type: 'number', required: true, inputmode: 'numeric' }))}</div>`;
    switch (action) {
      case 'cancel':
        return form.render('Cancel the order', reason, { kind: 'danger' });
      case 'dispatch':
        return form.render('Dispatch', html`${quantities()}<div class="fields">
          ${form.field('carrier', 'Carrier', { maxlength: 100 })}${form.field('tracking_number', 'Tracking number', { maxlength: 100 })}</div>`, { kind: 'main' });
      case 'return':
        return form.render('Take back', html`${quantities()}
          ${form.field('condition', 'Condition', { options: CONDITIONS, required: true })}${reason}`, { kind: 'main' });
      case 'refund':
        return form.render('Pay back', html`${form.field('amount', `Amount in ${this.#order.total.currency}`, { inputmode: 'decimal',
          hint: `Left empty: all that is left. The order is worth ${money(this.#order.total)}.` })}${reason}`, { kind: 'main' });
      default:
        return form.render('Let it go on', html`<p>All that is outstanding is asked for again, and deadlines begin anew. It is safe to repeat.</p>`, { kind: 'main' });
    }
  }
}
