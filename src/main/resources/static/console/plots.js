// How it goes, in pictures.
import { html } from './lit.js';
import { get } from './api.js';
import { count, millis, time } from './format.js';
import { Load } from './load.js';
import { facts, loaded, since, status } from './parts.js';
import { plot } from './plot.js';
import { words } from './words.js';

const MINUTES = 30;
const ROUND_MILLIS = 5000;
const BUSIEST = 4;
const OUTCOMES = ['placed', 'confirmed', 'completed', 'rejected', 'cancelled'];

/** What was available after each movement, reckoned back from now. */
function history(item, movements) {
  let available = item.available;
  const levels = [[Date.now(), available]];
  for (const move of movements) {
    levels.push([Date.parse(move.at), available]);
    available -= move.on_hand_change - move.reserved_change;
  }
  return { before: movements.length < 200 ? 0 : available, levels };
}

const levelAt = ({ before, levels }, at) => levels.find(([since]) => since <= at)?.[1] ?? before;

async function busiest() {
  const page = await get('/v1/stock', { limit: 200 });
  const items = page.items.sort((a, b) => b.version - a.version).slice(0, BUSIEST);
  const moves = await Promise.all(items.map((item) => get(`/v1/stock/${encodeURIComponent(item.sku)}/movements`, { limit: 200 })));
  const now = Date.now();
  const times = Array.from({ length: MINUTES + 1 }, (_, at) => now - (MINUTES - at) * 60_000);
  return { times, text: page.next ? 'Units available, of the first 200 SKUs.' : 'Units available.', series: items.map((item, at) => {
    const recorded = history(item, moves[at].items);
    return { name: item.sku, values: times.map((time) => levelAt(recorded, time)) };
  }) };
}

export class PlotsView {
  title = 'Plots';
  #stops = [];
  figures = new Load(() => get('/v1/operations/figures', { minutes: MINUTES }));
  calls = new Load(() => get('/v1/operations/resilience/calls', { minutes: MINUTES }));
  guards = new Load(() => get('/v1/operations/resilience'));
  stock = new Load(busiest);

  open() {
    this.#stops = [this.figures, this.calls, this.guards, this.stock].map((load) => load.every(ROUND_MILLIS));
  }

  close() {
    this.#stops.forEach((stop) => stop());
  }

  render() {
    return html`<div class="head"><h1>The last ${MINUTES} minutes</h1></div>
      <div class="plots">
        ${loaded(this.figures, ({ minutes }) => this.#orders(minutes))}
        ${loaded(this.stock, (stock) => plot({ title: 'Stock of the busiest SKUs', ...stock, format: count }))}
        ${loaded(this.calls, ({ minutes }) => this.#calls(minutes))}
      </div>
      <section class="panel" aria-labelledby="guards"><h2 id="guards">Gateway breakers and bulkheads</h2>
        ${loaded(this.guards, (guards) => this.#guards(guards))}</section>`;
  }

  #orders(minutes) {
    const times = minutes.map((each) => each.minute);
    return html`
      ${plot({ title: 'Orders per minute', text: 'By their outcome in that minute.', times, format: count,
    series: OUTCOMES.map((name) => ({ name: words(name), values: minutes.map((each) => each[name]) })) })}
      ${plot({ title: 'Time to confirm', text: 'From placement until stock is reserved and money authorized.', times, format: millis,
    series: [{ name: 'half of the orders (p50)', values: minutes.map((each) => each.confirm_millis_p50) },
      { name: '95 % of the orders (p95)', values: minutes.map((each) => each.confirm_millis_p95) }] })}`;
  }

  #calls(minutes) {
    const start = Math.floor(Date.now() / 60_000) - MINUTES + 1;
    const times = Array.from({ length: MINUTES }, (_, at) => new Date((start + at) * 60_000).toISOString());
    const names = [...new Set(minutes.map((each) => each.breaker))];
    const values = (breaker, field) => times.map((at) => minutes.find((each) => each.breaker === breaker
      && Date.parse(each.minute) === Date.parse(at))?.[field] ?? null);
    return plot({ title: 'Latency of the gateway', text: 'As this node measured it; 95 % of the calls were no slower than p95.', times, format: millis,
      series: names.length ? names.flatMap((name) => [{ name: `${name} p50`, values: values(name, 'p50_millis') },
        { name: `${name} p95`, values: values(name, 'p95_millis') }]) : [{ name: 'no call yet', values: times.map(() => null) }] });
  }

  #guards({ breakers, bulkheads }) {
    return html`<div class="guards">${breakers.map((breaker) => {
      const bulkhead = bulkheads.find((each) => each.name === breaker.name);
      return html`<div><h3>${breaker.name} ${status(breaker.state)}</h3>${facts([
        ['Since', html`<span title=${time(breaker.since)}>${since(breaker.since)}</span>`],
        ['Failed of the last', `${breaker.failed_calls} of ${breaker.calls}`],
        ['Refused while open', count(breaker.refused)],
        ...(bulkhead ? [['Calls under way', `${bulkhead.permits - bulkhead.free_permits} of ${bulkhead.permits}`]] : [])])}</div>`;
    })}</div>`;
  }
}
