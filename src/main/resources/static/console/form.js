// A form that can be sent again safely: its Idempotency-Key changes only with what is in it.
import { html, live, nothing } from './lit.js';
import { newKey } from './api.js';
import { announce, problem } from './parts.js';
import { repaint } from './paint.js';

let forms = 0;

export class Form {
  sending = false;
  problem = null;
  done = null;
  complaints = {};
  #key = newKey();
  #id = `form-${++forms}`;

  /**
   * @param values what the fields hold at first
   * @param check  answers complaints by field for values that cannot be sent
   * @param submit sends the values under a key, and answers what to say afterwards
   */
  constructor({ values = {}, check = () => ({}), submit }) {
    this.first = values;
    this.values = { ...values };
    Object.assign(this, { check, submit });
  }

  set(name, value) {
    if (this.values[name] !== value) {
      this.values[name] = value;
      this.#key = newKey();
      this.done = null;
      repaint();
    }
  }

  /** Keeps a value that nobody types up to date, but not while the same wish may have to be sent again. */
  bind(name, value) {
    if (this.values[name] !== value && !this.sending && !this.problem?.passing) {
      this.values[name] = value;
      this.#key = newKey();
    }
  }

  async send(event) {
    event?.preventDefault();
    this.complaints = this.check(this.values);
    this.problem = null;
    const wrong = Object.keys(this.complaints)[0];
    if (wrong || this.sending) {
      repaint();
      document.getElementById(this.#field(wrong))?.focus();
      return;
    }
    this.sending = true;
    repaint();
    try {
      this.done = await this.submit(this.values, this.#key);
      this.values = { ...this.first };
      this.#key = newKey();
      announce(this.done ?? 'Done.');
    } catch (failure) {
      this.problem = failure;
    }
    this.sending = false;
    repaint();
  }

  #field(name) {
    return `${this.#id}-${name}`;
  }

  field(name, label, { type = 'text', hint, options, required = false, ...more } = {}) {
    const id = this.#field(name);
    const complaint = this.complaints[name];
    const described = `${hint ? `${id}-hint` : ''} ${complaint ? `${id}-complaint` : ''}`.trim() || nothing;
    const take = (event) => this.set(name, type === 'checkbox' ? event.target.checked : event.target.value);
    const invalid = complaint ? 'true' : nothing;
    const control = options
      ? html`<select id=${id} .value=${live(this.values[name] ?? '')} @change=${take} aria-describedby=${described}>
          ${options.map(([value, text]) => html`<option value=${value} ?selected=${value === this.values[name]}>${text}</option>`)}</select>`
      : html`<input id=${id} type=${type} .value=${live(this.values[name] ?? '')} @input=${take} autocomplete="off"
          aria-required=${required} aria-invalid=${invalid} aria-describedby=${described}
          inputmode=${more.inputmode ?? nothing} maxlength=${more.maxlength ?? nothing}>`;
    return html`<div class="field ${more.kind ?? ''}">
      <label for=${id}>${label}${required ? nothing : html` <span class="optional">optional</span>`}</label>${control}
      ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
      ${complaint ? html`<p class="complaint" id="${id}-complaint">${complaint}</p>` : nothing}
    </div>`;
  }

  /** @param fields what stands between the title and the button */
  render(label, fields = nothing, { kind = '' } = {}) {
    return html`<form class="stack" novalidate @submit=${(event) => this.send(event)}>
      ${fields}
      ${problem(this.problem)}
      ${this.problem?.passing ? html`<p class="hint">Sending it again is safe: it is done once.</p>` : nothing}
      <div class="buttons"><button class=${kind} aria-disabled=${this.sending}>${this.sending ? 'Sending …' : this.problem?.passing ? 'Send again' : label}</button>
      ${this.done ? html`<span class="done">${this.done}</span>` : nothing}</div>
    </form>`;
  }
}

/** Complaints of a form's fields that have to be filled. */
export function required(values, ...names) {
  return Object.fromEntries(names.filter((name) => !String(values[name] ?? '').trim())
    .map((name) => [name, 'Please fill this in.']));
}

export function wholeNumber(text, least) {
  return /^-?\d+$/.test(String(text).trim()) && Number(text) >= least && Number(text) <= 2_147_483_647;
}
