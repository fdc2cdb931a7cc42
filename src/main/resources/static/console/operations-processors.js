// Event processors: state, pause, resume and replay.
import { html, nothing } from './lit.js';
import { Acts } from './act.js';
import { get, post } from './api.js';
import { count } from './format.js';
import { Load } from './load.js';
import { ACTIONS, loaded, since, table } from './parts.js';
import { words } from './words.js';

const PATH = '/v1/operations/processors';
const ROUND_MILLIS = 1500;

export class Processors {
  #acts = new Acts();
  #replays = new Map();
  #list = new Load(() => this.#read());

  open() {
    return [this.#list.every(ROUND_MILLIS)];
  }

  async #read() {
    const { items } = await get(PATH);
    for (const [name, replay] of this.#replays) {
      if (replay.status === 'running' || replay.status === 'switching') {
        this.#replays.set(name, await get(`${PATH}/${name}/replay`));
      }
    }
    return items;
  }

  render() {
    return html`${this.#acts.outcome()}${loaded(this.#list, (items) => table('Event processors', [
      ['Name', (each) => html`<span class="mono">${each.name}</span>`],
      ['State', (each) => this.#state(each)],
      ['Lag', (each) => count(each.lag), 'number'],
      ['Position', (each) => each.segments.map((segment) => html`<div>${count(segment.position)}${
        each.segments.length > 1 ? ` (segment ${segment.segment})` : ''}</div>`), 'number'],
      ['Replay', (each) => this.#replay(this.#replays.get(each.name))],
      [ACTIONS, (each) => html`<div class="buttons">${this.#buttons(each)}</div>`],
    ], items))}
    <p class="hint">A replay rebuilds a projection while the current one stays in use.</p>`;
  }

  #state(each) {
    if (each.error) {
      return html`<span class="badge rejected">Failing</span> <span class="hint">${each.error}</span>`;
    }
    if (each.paused_at) {
      return html`<span class="badge dispatched">Paused</span> <span class="hint">${since(each.paused_at)}</span>`;
    }
    if (each.parked) {
      return html`<span class="badge dispatched">${count(each.parked)} parked</span>
        <span class="hint"><a href="#/operations/dead-letters">Dead letters</a></span>`;
    }
    return each.running ? html`<span class="badge completed">${each.caught_up ? 'Up to date' : 'Catching up'}</span>`
      : html`<span class="badge cancelled">Not on this node</span>`;
  }

  #replay(replay) {
    if (!replay) {
      return '–';
    }
    const differed = Object.values(replay.rows_differed ?? {}).reduce((sum, rows) => sum + rows, 0);
    return html`<progress max="100" value=${replay.percentage} aria-label="Replay of ${replay.processor}"></progress>
      <div class="hint">${replay.failure ?? `${words(replay.status)}, ${replay.percentage} %${replay.rows_differed ? `, ${count(differed)} rows were wrong` : ''}`}</div>`;
  }

  #buttons(each) {
    const { name } = each;
    const act = (what, label, said) => this.#acts.button(`${name} ${what}`, label, async () => {
      await post(`${PATH}/${name}/${what}`);
      await this.#list.now();
    }, { said, about: name });
    const replay = () => this.#acts.button(`${name} replay`, 'Replay', async (key) => {
      this.#replays.set(name, await post(`${PATH}/${name}/replay`, undefined, { key }));
    }, { said: `The replay of ${name} has started.`, about: name });
    return html`${each.paused_at ? act('resume', 'Resume', `${name} was resumed.`) : act('pause', 'Pause', `${name} was paused.`)}
      ${name.endsWith('-projection') || name === 'tracking-timeline' ? replay() : nothing}`;
  }
}
