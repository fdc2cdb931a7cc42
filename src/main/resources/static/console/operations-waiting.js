// Waiting orders, scheduled tasks, and operations that wait for the gateway.
import { html, nothing } from './lit.js';
import { Acts } from './act.js';
import { get, post } from './api.js';
import { count, money } from './format.js';
import { Load, Pages } from './load.js';
import { ACTIONS, loaded, more, orderLink, since, status, table, when } from './parts.js';
import { capital, RESUMABLE, waitsFor, words } from './words.js';

const ROUND_MILLIS = 3000;

/** A hint at the rows that are not shown. */
const rest = (shown, all) => (shown < all ? html`<p class="hint">The first ${count(shown)} of ${count(all)}.</p>` : nothing);

export class WaitingOrders {
  #acts = new Acts();
  #list = new Pages('/v1/operations/waiting-orders', { limit: 100 });

  open() {
    return [this.#list.every(ROUND_MILLIS)];
  }

  render() {
    return html`${this.#acts.outcome()}${loaded(this.#list, (items) => table('Waiting orders, longest wait first', [
      ['Order', (order) => orderLink(order.order_id, order.reference)],
      ['Status', (order) => status(order.status)],
      ['Waits for', (order) => waitsFor(order.waiting_on).replace('Waits for ', ''), 'wide'],
      ['Since', (order) => since(order.waiting_on.since)],
      ['Deadline', (order) => html`${when(order.waiting_on.deadline)} ${order.overdue ? html`<span class="badge rejected">Overdue</span>` : ''}`],
      [ACTIONS, (order) => (order.overdue || RESUMABLE.has(order.waiting_on.code) ? this.#resume(order) : '')],
    ], items, 'No order waits.'))}${more(this.#list)}`;
  }

  #resume({ order_id: id, reference }) {
    return this.#acts.button(id, 'Resume', async () => {
      await post(`/v1/operations/waiting-orders/${id}/resume`);
      await this.#list.now();
    }, { said: `Order ${reference} was resumed.`, about: reference });
  }
}

export class Deadlines {
  #load = new Load(() => get('/v1/operations/deadlines', { limit: 100 }));

  open() {
    return [this.#load.every(ROUND_MILLIS)];
  }

  render() {
    return loaded(this.#load, ({ tasks, next }) => html`
      ${table('Scheduled tasks by type', [
        ['Task', (task) => html`<span class="mono">${task.task}</span>`], ['Pending', (task) => count(task.pending), 'number'],
        ['Overdue', (task) => count(task.overdue), 'number'], ['Next is due', (task) => when(task.oldest)]], tasks)}
      <h2>Next tasks</h2>
      ${rest(next.length, tasks.reduce((sum, task) => sum + task.pending, 0))}
      ${table('Next tasks', [
        ['Task', (task) => html`<span class="mono">${task.task}</span>`], ['Due', (task) => when(task.due)],
        ['Id', (task) => html`<span class="mono">${task.id}</span>`, 'wide'], ['Consecutive failures', (task) => count(task.failures), 'number'],
        ['Node', (task) => task.node ?? '–']], next)}`);
  }
}

export class GatewayWork {
  #load = new Load(() => get('/v1/operations/gateway-work', { limit: 100 }));

  open() {
    return [this.#load.every(ROUND_MILLIS)];
  }

  render() {
    return loaded(this.#load, ({ total, items, guards }) => html`
      ${table('Breakers and bulkheads', [
        ['Direction', (guard) => html`<span class="mono">${guard.name}</span>`], ['Breaker', (guard) => status(guard.state)],
        ['Failure rate', (guard) => (guard.failure_rate_percent == null ? 'too few calls' : `${guard.failure_rate_percent} %`)],
        ['Free permits', (guard) => `${guard.calls_permitted} of ${guard.calls_at_once}`]], guards)}
      <h2>${count(total)} operations wait for the gateway</h2>
      ${rest(items.length, total)}
      ${table('Operations that wait for the gateway, oldest first', [
        ['Order', (each) => orderLink(each.order_id, `${each.order_id.slice(0, 12)}…`)], ['Operation', (each) => capital(each.kind)],
        ['Outcome', (each) => status(each.status)], ['Amount', (each) => money(each.amount), 'number'], ['Since', (each) => since(each.requested_at)],
        ['Lookups without an answer', (each) => (each.doubts == null ? 'none scheduled' : html`${each.doubts} × <span class="hint">${each.doubt ?? ''}</span>`)],
        ['Next try', (each) => (each.being_asked_now ? 'now' : when(each.next_try))]], items, 'Nothing waits for the gateway.')}
      <p class="hint">An ${words('unknown')} outcome is looked up under the same id until it is known; no customer is charged twice.</p>`);
  }
}
