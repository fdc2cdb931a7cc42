// The orders of the board, by status, kept up to date by the live feed.
import { get } from './api.js';
import { listen } from './live.js';
import { repaint } from './paint.js';
import { announce } from './parts.js';
import { STATUSES, words } from './words.js';

export const PAGE = 50;
const BURST_MILLIS = 250;
/** More orders than this at once are read as whole columns. */
const ONE_BY_ONE = 20;
const RELOAD_MILLIS = 2000;

export class Orders {
  byId = new Map();
  more = {};
  problem = null;
  loaded = false;
  fresh = new Map();
  #changed = new Set();
  #timer = null;
  #reloadedAt = 0;
  #stop = null;

  open() {
    this.#stop = listen({ fact: (fact) => this.#noticed(fact), back: () => this.reload() });
    this.reload();
  }

  close() {
    this.#stop();
    clearTimeout(this.#timer);
  }

  /** Newest first. */
  of(status) {
    return [...this.byId.values()].filter((order) => order.status === status)
      .sort((a, b) => (a.created_at < b.created_at ? 1 : -1)).slice(0, PAGE);
  }

  async reload() {
    this.#reloadedAt = Date.now();
    try {
      const pages = await Promise.all(STATUSES.map((status) => get('/v1/orders', { status, limit: PAGE })));
      this.byId = new Map(pages.flatMap((page) => page.items).map((order) => [order.id, order]));
      this.more = Object.fromEntries(pages.map((page, i) => [STATUSES[i], page.next !== null]));
      this.problem = null;
      this.loaded = true;
    } catch (problem) {
      this.problem = problem;
    }
    repaint();
  }

  #noticed(fact) {
    this.#changed.add(fact.order_id);
    this.#timer ??= setTimeout(() => this.#catchUp(), BURST_MILLIS);
  }

  async #catchUp() {
    const changed = [...this.#changed];
    this.#changed.clear();
    if (changed.length > ONE_BY_ONE) {
      const pause = Math.max(0, this.#reloadedAt + RELOAD_MILLIS - Date.now());
      await new Promise((resolve) => setTimeout(resolve, pause));
      await this.reload();
    } else {
      await Promise.allSettled(changed.map((id) => this.#read(id)));
    }
    this.#timer = this.#changed.size ? setTimeout(() => this.#catchUp(), BURST_MILLIS) : null;
    repaint();
  }

  async #read(id) {
    const order = await get(`/v1/orders/${id}`);
    const before = this.byId.get(id);
    if (before && before.version > order.version) {
      return;
    }
    this.byId.set(id, order);
    if (before?.status !== order.status) {
      this.fresh.set(id, Date.now());
      announce(`Order ${order.reference} is ${words(order.status)}.`);
    }
  }
}
