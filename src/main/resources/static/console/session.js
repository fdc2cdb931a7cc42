// Who uses the console. Name and password live as long as the tab, and go nowhere but to this server.
import { repaint } from './paint.js';

const KEY = 'orderflow.credentials';

export const session = {
  /** Whether somebody has to sign in before anything goes on. */
  asked: false,
  demoUsers: false,
  problem: null,
  /** What GET /v1/me says; null while nobody has signed in, or where the API is open. */
  me: null,
};

let waiting = [];

export function authorization() {
  return sessionStorage.getItem(KEY);
}

/** Settles once somebody has signed in. */
export function askToSignIn(problem) {
  const refused = authorization() !== null;
  session.asked = true;
  session.demoUsers = Boolean(problem.demo_users) || session.demoUsers;
  session.problem = refused ? 'This name and password were not accepted.' : null;
  repaint();
  return new Promise((resolve) => waiting.push(resolve));
}

export function signIn(name, password) {
  const bytes = new TextEncoder().encode(`${name}:${password}`);
  sessionStorage.setItem(KEY, `Basic ${btoa(String.fromCharCode(...bytes))}`);
  session.asked = false;
  session.me = null;
  const goOn = waiting;
  waiting = [];
  goOn.forEach((resolve) => resolve());
  dispatchEvent(new Event('signed-in'));
  repaint();
}

export function signOut() {
  sessionStorage.removeItem(KEY);
  location.reload();
}

/** Whether to offer what takes a role; where nobody says who we are, all is offered. */
export function may(role) {
  const roles = session.me?.roles?.map((each) => each.toLowerCase().replace(/^role_/, ''));
  return !roles || roles.includes(role) || roles.includes('admin');
}
