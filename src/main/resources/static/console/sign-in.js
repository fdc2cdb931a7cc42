// Asks for a name and a password; one press is enough where the demo users are.
import { html, nothing, ref } from './lit.js';
import { openModal } from './dialog.js';
import { session, signIn } from './session.js';

const DEMO = [['shop', 'Shop', 'places orders and sees its own'], ['staff', 'Staff', 'dispatches, keeps stock, pays back'],
  ['admin', 'Admin', 'does everything']];

function submit(event) {
  event.preventDefault();
  const form = new FormData(event.target);
  signIn(form.get('name'), form.get('password'));
}

export function signInDialog() {
  if (!session.asked) {
    return nothing;
  }
  return html`<dialog class="sign-in" aria-labelledby="sign-in-title" ${ref(openModal)} @cancel=${(event) => event.preventDefault()}>
    <h2 id="sign-in-title">Sign in to Orderflow</h2>
    ${session.problem ? html`<p class="problem" role="alert">${session.problem}</p>` : nothing}
    ${session.demoUsers ? html`<p class="hint">The demo users are active. Go on as:</p>
      <div class="demo-users">${DEMO.map(([name, label, text]) => html`
        <button type="button" @click=${() => signIn(name, name)}><strong>${label}</strong> <span>${text}</span></button>`)}
      </div><p class="or">or</p>` : nothing}
    <form class="stack" @submit=${submit}>
      <div class="field"><label for="sign-in-name">Name</label>
        <input id="sign-in-name" name="name" autocomplete="username" required></div>
      <div class="field"><label for="sign-in-password">Password</label>
        <input id="sign-in-password" name="password" type="password" autocomplete="current-password" required></div>
      <div class="buttons"><button class="main">Sign in</button></div>
    </form>
    <p class="hint">They are kept until this tab is closed, and sent to this server only.</p>
  </dialog>`;
}
