// What stands around every view: names, ways, and how the connection is.
import { html, nothing } from './lit.js';
import { staleLabel, staleness } from './freshness.js';
import { connection, tryNow } from './live.js';
import { notices } from './parts.js';
import { repaint } from './paint.js';
import { may, session, signOut } from './session.js';
import { signInDialog } from './sign-in.js';
import { switchTheme, theme } from './theme.js';

const WAYS = [['#/', 'Board', () => true], ['#/stock', 'Stock', () => true], ['#/plots', 'Plots', () => may('admin')],
  ['#/operations', 'Operations', () => may('admin')]];
const STATES = { live: 'Live', back: 'Live', lost: 'Offline', connecting: 'Connecting' };
const THEMES = { auto: ['◐', 'as the system'], light: ['☀', 'light'], dark: ['☾', 'dark'] };

function isHere(way) {
  const here = location.hash || '#/';
  return way === '#/' ? here === '#/' || here.startsWith('#/orders') : here.startsWith(way);
}

function banner() {
  if (connection.state === 'lost') {
    const seconds = Math.max(0, Math.ceil((connection.retryAt - Date.now()) / 1000));
    return html`<p class="banner lost"><span>${connection.refusal ?? 'The connection to Orderflow is lost.'} What you see may be old. It comes back by itself${
      seconds ? ` (next try in ${seconds} s)` : ''}.</span>
      <button type="button" class="plain" @click=${tryNow}>Try now</button></p>`;
  }
  const why = staleness();
  if (why) {
    return html`<p class="banner stale"><span>What you see may be old: ${why}.</span>
      ${may('admin') ? html`<a href="#/operations/processors">Look at the processors</a>` : nothing}</p>`;
  }
  return connection.state === 'back' ? html`<p class="banner back">Connected again, and up to date.</p>` : nothing;
}

export function shell(view, extra) {
  const [sign, name] = THEMES[theme()];
  const behind = connection.state === 'lost' ? null : staleLabel();
  return html`
    <a class="skip" href="#view" @click=${(event) => { event.preventDefault(); document.getElementById('view').focus(); }}>Skip to the content</a>
    <header class="top">
      <a class="brand" href="#/"><img src="/console/icon.svg" alt="" width="28" height="28">Orderflow</a>
      <nav aria-label="Main">${WAYS.filter(([, , allowed]) => allowed()).map(([way, text]) => html`
        <a href=${way} aria-current=${isHere(way) ? 'page' : nothing}>${text}</a>`)}</nav>
      <div class="aside">
        <span class="connection ${behind ? 'stale' : connection.state}">${behind ?? STATES[connection.state]}</span>
        <button type="button" class="plain" aria-label="Colours: ${name}. Change" title="Colours: ${name}"
          @click=${() => { switchTheme(); repaint(); }}>${sign}</button>
        ${session.me ? html`<span class="who">${session.me.name}</span>
          <button type="button" class="plain" @click=${signOut}>Sign out</button>` : nothing}
      </div>
      ${notices()}
    </header>
    <div role="status" aria-live="polite">${banner()}</div>
    <div id="announcements" class="visually-hidden" role="status" aria-live="polite"></div>
    <main id="view" tabindex="-1">${view}</main>
    ${extra}${signInDialog()}`;
}
