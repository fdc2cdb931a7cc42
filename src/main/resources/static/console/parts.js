// Small parts that every view is made of.
import { html, nothing } from './lit.js';
import { ago, count, time, utc } from './format.js';
import { repaint } from './paint.js';
import { capital, words } from './words.js';

export const status = (code) => html`<span class="badge ${code}">${capital(words(code))}</span>`;

export const when = (at) => (at ? html`<time datetime=${at} title=${utc(at)}>${time(at)}</time>` : html`–`);
export const since = (at) => html`<time datetime=${at} title=${utc(at)}>${ago(at)}</time>`;

/** What went wrong, in words and with what to do. */
export function problem(failure, again) {
  if (!failure) {
    return nothing;
  }
  const code = failure.code ?? 'error';
  return html`<div class="problem" role="alert">
    <p>${failure.message}</p>
    ${failure.errors?.length ? html`<ul>${failure.errors.map((each) => html`<li>${each.field ?? ''} ${each.message ?? each.detail ?? ''}</li>`)}</ul>` : nothing}
    <p class="hint">${failure.status ? html`<a href="/problems/${code}">${code}</a>` : nothing}
      ${again ? html`<button type="button" class="plain" @click=${again}>Try again</button>` : nothing}</p>
  </div>`;
}

/** The heading of a column of buttons. */
export const ACTIONS = html`<span class="visually-hidden">Actions</span>`;

/** A table whose columns are [heading, cell of a row, class]. */
export function table(caption, columns, rows, empty = 'Nothing here.') {
  if (!rows.length) {
    return html`<p class="empty">${empty}</p>`;
  }
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}><table>
    <caption class="visually-hidden">${caption}</caption>
    <thead><tr>${columns.map(([name, , kind]) => html`<th scope="col" class=${kind ?? ''}>${name}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${columns.map(([, cell, kind], at) => (at === 0
    ? html`<th scope="row" class=${kind ?? ''}>${cell(row)}</th>`
    : html`<td class=${kind ?? ''}>${cell(row)}</td>`))}</tr>`)}</tbody>
  </table></div>`;
}

/** Waits for a Load, shows its problem, and what it has found. */
export function loaded(load, show) {
  return html`${problem(load.problem, () => load.now())}
    ${load.data ? show(load.data) : load.problem ? nothing : html`<p class="empty">Loading …</p>`}`;
}

/** The rest of a list, where there is one. */
export const more = (pages) => (pages.more ? html`<div class="buttons"><button type="button" @click=${once(() => pages.showMore())}>Show more</button>
  <span class="hint">${count(pages.data?.length ?? 0)} are shown, and there are more.</span></div>` : nothing);

/** Terms and what they mean, as a grid. */
export const facts = (pairs) => html`<dl class="facts">${pairs.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;

export const orderLink = (id, text = id) => html`<a class="mono" href="#/orders/${id}">${text}</a>`;

/** Tells those who do not see the page what has just happened. */
export function announce(text) {
  const region = document.getElementById('announcements');
  if (region) {
    region.textContent = text;
  }
}

const NOTICE_MILLIS = 15_000;
const NOTICES = 3;
let said = [];

/** Says what was done, apart from whatever it was done with: a form may be gone by then. */
export function say(text) {
  said = [...said, { text, until: Date.now() + NOTICE_MILLIS }].slice(-NOTICES);
  announce(text);
  repaint();
}

/** What was said a moment ago. */
export function notices() {
  said = said.filter(({ until }) => until > Date.now());
  const hide = (notice) => {
    said = said.filter((each) => each !== notice);
    repaint();
  };
  return html`<div class="notices">${said.map((notice) => html`<p class="notice"><span class="done">${notice.text}</span>
    <button type="button" class="plain" aria-label="Hide: ${notice.text}" @click=${() => hide(notice)}>✕</button></p>`)}</div>`;
}

/** For clicks: takes no second click of a double click. */
export const once = (act = () => {}) => (event) => (event.detail > 1 ? event.preventDefault() : act(event));
