// Speaks to Orderflow's REST API. What goes wrong becomes a Problem that says what to do.
import { askToSignIn, authorization } from './session.js';

export class Problem extends Error {
  constructor({ status = 0, code = 'unreachable', detail, errors = [], title }) {
    super(detail ?? title ?? 'Something went wrong.');
    Object.assign(this, { status, code, errors });
  }

  /** Whether the same request may succeed later, and is safe to send again under its key. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const UNREACHABLE = { detail: 'Orderflow does not answer. Nothing is lost: try again in a moment.' };

export function headers(more = {}) {
  const all = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest', ...more };
  const credentials = authorization();
  return credentials ? { ...all, Authorization: credentials } : all;
}

/** Answers the response; asks for name and password as often as it takes. */
export async function send(path, options = {}) {
  for (;;) {
    const used = authorization();
    let response;
    try {
      // Without credentials of the browser's own, it opens no sign-in window of its own either.
      response = await fetch(path, { cache: 'no-store', credentials: 'omit', ...options, headers: headers(options.headers) });
    } catch (failure) {
      throw options.signal?.aborted ? failure : new Problem(UNREACHABLE);
    }
    if (response.ok) {
      return response;
    }
    const problem = await read(response);
    if (response.status !== 401) {
      throw new Problem({ detail: `The answer was ${response.status}.`, ...problem, status: response.status });
    }
    if (used === authorization()) {
      await askToSignIn(problem);
    }
  }
}

async function read(response) {
  try {
    return await response.json();
  } catch {
    return { code: 'unreadable', detail: `The answer was ${response.status}, in a form that nobody expected.` };
  }
}

export async function get(path, query = {}, options = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== '' && value != null);
  const response = await send(given.length ? `${path}?${new URLSearchParams(given)}` : path, options);
  return response.json();
}

/**
 * @param key     the Idempotency-Key: the same one for the same wish, however often it is sent
 * @param version the one of the resource on which was decided, or undefined to change whatever is there
 */
export async function post(path, body, { key, version } = {}) {
  const response = await send(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(key ? { 'Idempotency-Key': key } : {}),
      ...(version === undefined ? {} : { 'If-Match': `"${version}"` }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

export async function remove(path) {
  await send(path, { method: 'DELETE' });
}

/** A new Idempotency-Key; also where the page is not served securely. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `console-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
