// An order on the board.
import { html, nothing } from './lit.js';
import { money } from './format.js';
import { since } from './parts.js';
import { units, waitsFor } from './words.js';

const FRESH_MILLIS = 2500;

/** @param stop whether the Tab key stops here; arrows lead to the others */
export function card(order, fresh, stop) {
  const lines = order.lines.map((line) => units(line.quantity, line.sku));
  const isNew = fresh && Date.now() - fresh < FRESH_MILLIS;
  return html`<li><a class="card ${order.status} ${isNew ? 'fresh' : ''}" href="#/orders/${order.id}" data-rove tabindex=${stop ? 0 : -1}>
    <span class="card-head"><strong>${order.reference}</strong><span>${money(order.total)}</span></span>
    <span class="card-lines">${lines.slice(0, 2).join(', ')}${lines.length > 2 ? ` and ${lines.length - 2} more` : ''}</span>
    ${order.waiting_on ? html`<span class="card-wait ${order.waiting_on.party}">${waitsFor(order.waiting_on)}</span>` : nothing}
    ${order.rejection ? html`<span class="card-wait">${order.rejection.detail ?? order.rejection.code}</span>` : nothing}
    <span class="card-foot"><span>${order.customer.id}</span>${since(order.created_at)}</span>
  </a></li>`;
}
