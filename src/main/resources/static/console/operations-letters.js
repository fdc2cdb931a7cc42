// Dead letters: show, retry, discard.
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
    return html`<p class="hint">Each is the first of an order; the events behind it follow once it is handled. Fix the cause, then retry.</p>
      ${this.#acts.outcome()}
      ${loaded(this.#list, (items) => table('Dead letters', [
        ['Event', (letter) => html`<button type="button" class="link" @click=${() => this.#show(letter)}>${letter.event_type}</button>`],
        ['Group', (letter) => html`<span class="mono">${letter.group}</span>`],
        ['Blocks', (letter) => (letter.sequence.startsWith('ord_') ? orderLink(letter.sequence, `${letter.sequence.slice(0, 12)}…`) : letter.sequence)],
        ['Cause', (letter) => letter.cause_message ?? '–', 'wide'],
        ['Behind', (letter) => count(letter.behind), 'number'],
        ['Retries', (letter) => html`${letter.attempts} ×${letter.exhausted ? ', no more automatic ones' : nothing}`],
        ['Parked', (letter) => when(letter.parked_since)],
        [ACTIONS, (letter) => this.#buttons(letter)],
      ], items, 'None: every event was handled.'))}${more(this.#list)}`;
  }

  #buttons(letter) {
    const path = `${PATH}/${encodeURIComponent(letter.id)}`;
    return html`<div class="buttons">${this.#acts.button(`${letter.id} retry`, 'Retry', async () => {
      await post(`${path}/retry`).finally(() => this.#list.now());
    }, { said: 'It was handled, and so were the events behind it.', about: letter.event_type })}
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
    return dialog(letter.toDiscard ? 'Discard this event permanently?' : letter.event_type, html`
      ${letter.toDiscard ? html`<p>Only discard an event that must never take effect. The projection stays incomplete until it is replayed.</p>
        ${this.#acts.button(`${letter.id} discard`, 'Discard it', async () => {
          await remove(`${PATH}/${encodeURIComponent(letter.id)}`);
          this.#show(null);
          await this.#list.now();
        }, { said: 'The event was discarded.', kind: 'danger' })}` : nothing}
      ${facts([['Group', letter.group], ['Event', html`<span class="mono">${letter.event_id}</span>`], ['Cause', letter.cause_type ?? 'parked behind another event'],
        ['Last retry', when(letter.last_tried)], ['Next retry', letter.exhausted ? 'only on request' : when(letter.next_try)]])}
      <p>${letter.cause_message}</p>
      <pre tabindex="0">${JSON.stringify(letter.payload, null, 2)}</pre>`, () => this.#show(null));
  }
}
