// Small parts that every view is made of.
import { html, nothing } from './lit.js';
import { ago, time, utc } from './format.js';
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

/** Terms and what they mean, as a grid. */
export const facts = (pairs) => html`<dl class="facts">${pairs.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;

export const orderLink = (id, text = id) => html`<a class="mono" href="#/orders/${id}">${text}</a>`;

let announced = '';

/** Tells those who do not see the page what has just happened. */
export function announce(text) {
  announced = text;
  const region = document.getElementById('announcements');
  if (region) {
    region.textContent = announced;
  }
}
