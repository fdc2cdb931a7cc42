// A form that can be sent again safely, and that is refused once what it was filled in for has changed.
import { html, live, nothing } from './lit.js';
import { newKey, Problem } from './api.js';
import { once, problem, say } from './parts.js';
import { repaint } from './paint.js';

const STALE = new Set(['stale_version', 'stock_changed']);
/** So often what has changed in nothing that matters is sent again. */
const TRIES = 3;

let forms = 0;

export class Form {
  sending = false;
  problem = null;
  complaints = {};
  /** Whether somebody has begun to fill it in. */
  touched = false;
  values = {};
  #first = {};
  #limits = {};
  #seen;
  #key = newKey();
  #id = `form-${++forms}`;

  /**
   * @param values answers what the fields hold at first, as the page stands
   * @param check  answers complaints by field for values that cannot be sent
   * @param submit sends the values, and answers what to say afterwards; it is given the key, and what was seen
   * @param basis  answers what the page shows now: its version, and as facts, in words, what matters for the decision
   * @param reload reads anew what the page shows
   */
  constructor({ values = () => ({}), check = () => ({}), submit, basis = () => ({ facts: {} }), reload = async () => {} }) {
    Object.assign(this, { initial: values, check, submit, basis, reload });
    this.#look();
  }

  set(name, value) {
    if (this.values[name] !== value) {
      this.values[name] = value;
      this.#key = newKey();
      this.touched = true;
      this.problem = null;
      delete this.complaints[name];
      repaint();
    }
  }

  /** What the user has decided on and has changed since. */
  get changes() {
    const { facts: before } = this.#seen;
    const { facts: now } = this.basis();
    return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((name) => before[name] !== now[name])
      .map((name) => `${name}: ${before[name] ?? '–'} → ${now[name] ?? '–'}`);
  }

  /** Takes what the page shows now as seen; what nobody has filled in follows it. */
  #look() {
    this.#seen = this.basis();
    const initial = this.initial();
    for (const [name, value] of Object.entries(initial)) {
      if (this.values[name] === this.#first[name] && this.values[name] !== value) {
        this.values[name] = value;
        this.#key = newKey();
      }
    }
    this.#first = initial;
  }

  /** Goes along with the page, unless somebody has decided on what it showed, or the same may have to be sent again. */
  #follow() {
    if (!this.sending && !this.problem?.passing && (!this.touched || !this.changes.length)) {
      this.#look();
    }
  }

  async send(event) {
    event?.preventDefault();
    if (this.sending) {
      return;
    }
    if (!this.problem?.passing && this.changes.length) {
      this.problem = this.#changed();
      repaint();
      return;
    }
    this.complaints = { ...this.#tooLong(), ...this.check(this.values) };
    this.problem = null;
    const wrong = Object.keys(this.complaints)[0];
    if (wrong) {
      repaint();
      document.getElementById(this.#field(wrong))?.focus();
      return;
    }
    this.sending = true;
    repaint();
    try {
      const said = await this.#submit();
      this.touched = false;
      this.values = {};
      this.#first = {};
      this.#key = newKey();
      this.#look();
      if (said) {
        say(said);
      }
    } catch (failure) {
      this.problem = failure;
    }
    this.sending = false;
    repaint();
  }

  /** Says what is not as it was when somebody decided, and takes it as seen from now on. */
  #changed() {
    const detail = `This has changed since you looked at it: ${this.changes.join('; ')}. Nothing was done. Look at it again, then send it.`;
    this.#look();
    return new Problem({ status: 412, code: 'stale_version', detail });
  }

  async #submit() {
    for (let tried = 1; ; tried++) {
      try {
        return await this.submit(this.values, { key: this.#key, version: this.#seen.version, seen: this.#seen });
      } catch (failure) {
        if (!STALE.has(failure.code)) {
          throw failure;
        }
        await this.reload();
        if (this.changes.length) {
          throw this.#changed();
        } else if (tried === TRIES) {
          throw failure;
        }
        this.#look();
      }
    }
  }

  /** A browser would cut what is pasted without a word. */
  #tooLong() {
    return Object.fromEntries(Object.entries(this.#limits).map(([name, limit]) => [name, [...this.values[name] ?? ''].length, limit])
      .filter(([, length, limit]) => length > limit).map(([name, length, limit]) => [name, `At most ${limit} characters; these are ${length}.`]));
  }

  #field(name) {
    return `${this.#id}-${name}`;
  }

  field(name, label, { type = 'text', hint, options, required = false, ...more } = {}) {
    const id = this.#field(name);
    if (more.maxlength) {
      this.#limits[name] = more.maxlength;
    }
    const complaint = this.complaints[name];
    const described = `${hint ? `${id}-hint` : ''} ${complaint ? `${id}-complaint` : ''}`.trim() || nothing;
    const take = (event) => this.set(name, type === 'checkbox' ? event.target.checked : event.target.value);
    const invalid = complaint ? 'true' : nothing;
    const control = options
      ? html`<select id=${id} .value=${live(this.values[name] ?? '')} @change=${take} aria-describedby=${described}>
          ${options.map(([value, text]) => html`<option value=${value} ?selected=${value === this.values[name]}>${text}</option>`)}</select>`
      : html`<input id=${id} type=${type} .value=${live(this.values[name] ?? '')} @input=${take} autocomplete="off"
          aria-required=${required} aria-invalid=${invalid} aria-describedby=${described}
          inputmode=${more.inputmode ?? nothing}>`;
    return html`<div class="field ${more.kind ?? ''}">
      <label for=${id}>${label}${required ? nothing : html` <span class="optional">optional</span>`}</label>${control}
      ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
      ${complaint ? html`<p class="complaint" id="${id}-complaint">${complaint}</p>` : nothing}
    </div>`;
  }

  /** @param fields answers what stands between the title and the button */
  render(label, fields = () => nothing, { kind = '' } = {}) {
    this.#follow();
    const { changes } = this;
    return html`<form class="stack" novalidate @submit=${(event) => this.send(event)}>
      ${fields()}
      ${changes.length && !this.sending ? html`<p class="note">Meanwhile it has changed: ${changes.join('; ')}.</p>` : nothing}
      ${problem(this.problem)}
      ${this.problem?.passing ? html`<p class="hint">Sending it again is safe: it is done once.</p>` : nothing}
      <div class="buttons"><button class=${kind} aria-disabled=${this.sending} @click=${once()}>${this.sending ? 'Sending …' : this.problem?.passing ? 'Send again' : label}</button></div>
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
