// What waits: orders for somebody, durable work for its time, operations for the gateway.
import { html, nothing } from './lit.js';
import { Acts } from './act.js';
import { get, post } from './api.js';
import { count, money } from './format.js';
import { Load, Pages } from './load.js';
import { ACTIONS, loaded, more, orderLink, since, status, table, when } from './parts.js';
import { capital, RESUMABLE, waitsFor, words } from './words.js';

const ROUND_MILLIS = 3000;

/** What an overview leaves out. */
const rest = (shown, all) => (shown < all ? html`<p class="hint">The first ${count(shown)} of ${count(all)}.</p>` : nothing);

export class WaitingOrders {
  #acts = new Acts();
  #list = new Pages('/v1/operations/waiting-orders', { limit: 100 });

  open() {
    return [this.#list.every(ROUND_MILLIS)];
  }

  render() {
    return html`${this.#acts.outcome()}${loaded(this.#list, (items) => table('Orders that wait, the longest first', [
      ['Order', (order) => orderLink(order.order_id, order.reference)],
      ['Status', (order) => status(order.status)],
      ['Waits for', (order) => waitsFor(order.waiting_on).replace('Waits for ', ''), 'wide'],
      ['Since', (order) => since(order.waiting_on.since)],
      ['Deadline', (order) => html`${when(order.waiting_on.deadline)} ${order.overdue ? html`<span class="badge rejected">Overdue</span>` : ''}`],
      [ACTIONS, (order) => (order.overdue || RESUMABLE.has(order.waiting_on.code) ? this.#resume(order) : '')],
    ], items, 'No order waits for anybody.'))}${more(this.#list)}`;
  }

  #resume({ order_id: id, reference }) {
    return this.#acts.button(id, 'Let it go on', async () => {
      await post(`/v1/operations/waiting-orders/${id}/resume`);
      await this.#list.now();
    }, { said: `Order ${reference} was asked to go on.`, about: reference });
  }
}

export class Deadlines {
  #load = new Load(() => get('/v1/operations/deadlines', { limit: 100 }));

  open() {
    return [this.#load.every(ROUND_MILLIS)];
  }

  render() {
    return loaded(this.#load, ({ tasks, next }) => html`
      ${table('Durable work by task', [
        ['Task', (task) => html`<span class="mono">${task.task}</span>`], ['Pending', (task) => count(task.pending), 'number'],
        ['Overdue', (task) => count(task.overdue), 'number'], ['Next is due', (task) => when(task.oldest)]], tasks)}
      <h2>What is due next</h2>
      ${rest(next.length, tasks.reduce((sum, task) => sum + task.pending, 0))}
      ${table('What is due next', [
        ['Task', (task) => html`<span class="mono">${task.task}</span>`], ['Due', (task) => when(task.due)],
        ['Id', (task) => html`<span class="mono">${task.id}</span>`, 'wide'], ['Failures in a row', (task) => count(task.failures), 'number'],
        ['Worked on by', (task) => task.node ?? '–']], next)}`);
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
        ['Failed of the last calls', (guard) => (guard.failure_rate_percent == null ? 'too few to tell' : `${guard.failure_rate_percent} %`)],
        ['Free for calls', (guard) => `${guard.calls_permitted} of ${guard.calls_at_once}`]], guards)}
      <h2>${count(total)} operations wait for the gateway</h2>
      ${rest(items.length, total)}
      ${table('Operations that wait for the gateway, oldest first', [
        ['Order', (each) => orderLink(each.order_id, `${each.order_id.slice(0, 12)}…`)], ['Operation', (each) => capital(each.kind)],
        ['Outcome', (each) => status(each.status)], ['Amount', (each) => money(each.amount), 'number'], ['Since', (each) => since(each.requested_at)],
        ['Asked without an answer', (each) => (each.doubts == null ? 'nobody asks' : html`${each.doubts} × <span class="hint">${each.doubt ?? ''}</span>`)],
        ['Next try', (each) => (each.being_asked_now ? 'now' : when(each.next_try))]], items, 'Nothing waits for the gateway.')}
      <p class="hint">An ${words('unknown')} outcome is looked up under the same id until the truth is known; nobody is charged twice.</p>`);
  }
}
