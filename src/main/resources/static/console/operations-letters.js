// Events that could not be handled: to be looked at, tried again, or given up.
import { html, nothing } from './lit.js';
import { Acts } from './act.js';
import { post, remove } from './api.js';
import { count } from './format.js';
import { dialog } from './dialog.js';
import { Pages } from './load.js';
import { repaint } from './paint.js';
import { ACTIONS, facts, loaded, more, orderLink, table, when } from './parts.js';

const PATH = '/v1/operations/dead-letters';
const ROUND_MILLIS = 3000;

export class DeadLetters {
  #acts = new Acts();
  #shown = null;
  #list = new Pages(PATH, { limit: 100 });

  open() {
    return [this.#list.every(ROUND_MILLIS)];
  }

  render() {
    return html`<p class="hint">Each is the first of an order; those behind it follow once it is handled. Mend the cause, then try again.</p>
      ${this.#acts.outcome()}
      ${loaded(this.#list, (items) => table('Dead letters', [
        ['Event', (letter) => html`<button type="button" class="link" @click=${() => this.#show(letter)}>${letter.event_type}</button>`],
        ['Group', (letter) => html`<span class="mono">${letter.group}</span>`],
        ['Holds up', (letter) => (letter.sequence.startsWith('ord_') ? orderLink(letter.sequence, `${letter.sequence.slice(0, 12)}…`) : letter.sequence)],
        ['Cause', (letter) => letter.cause_message ?? '–', 'wide'],
        ['Behind', (letter) => count(letter.behind), 'number'],
        ['Tried again', (letter) => html`${letter.attempts} ×${letter.exhausted ? ', no more by itself' : nothing}`],
        ['Parked', (letter) => when(letter.parked_since)],
        [ACTIONS, (letter) => this.#buttons(letter)],
      ], items, 'There are none: every event was handled.'))}${more(this.#list)}`;
  }

  #buttons(letter) {
    const path = `${PATH}/${encodeURIComponent(letter.id)}`;
    return html`<div class="buttons">${this.#acts.button(`${letter.id} retry`, 'Try again', async () => {
      await post(`${path}/retry`).finally(() => this.#list.now());
    }, { said: 'It is handled now, and so are those behind it.', about: letter.event_type })}
    <button type="button" class="small danger" @click=${() => this.#show({ ...letter, toDiscard: true })}>Discard<span class="visually-hidden"> ${letter.event_type}</span></button></div>`;
  }

  #show(letter) {
    this.#shown = letter;
    repaint();
  }

  extra() {
    const letter = this.#shown;
    if (!letter) {
      return nothing;
    }
    return dialog(letter.toDiscard ? 'Discard this event for good?' : letter.event_type, html`
      ${letter.toDiscard ? html`<p>Do this only for what must never take effect. What was not told of it stays wrong until it is replayed.</p>
        ${this.#acts.button(`${letter.id} discard`, 'Discard it', async () => {
          await remove(`${PATH}/${encodeURIComponent(letter.id)}`);
          this.#show(null);
          await this.#list.now();
        }, { said: 'It is discarded.', kind: 'danger' })}` : nothing}
      ${facts([['Group', letter.group], ['Event', html`<span class="mono">${letter.event_id}</span>`], ['Cause', letter.cause_type ?? 'waits behind another'],
        ['Last tried', when(letter.last_tried)], ['Next try', letter.exhausted ? 'none by itself' : when(letter.next_try)]])}
      <p>${letter.cause_message}</p>
      <pre tabindex="0">${JSON.stringify(letter.payload, null, 2)}</pre>`, () => this.#show(null));
  }
}
