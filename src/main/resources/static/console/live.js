// What happens to all orders, as it happens; and whether we hear of it.
import { repaint } from './paint.js';
import { Stream } from './stream.js';

export const connection = { state: 'connecting', retryAt: 0, refusal: null };

const UNSEEN_MILLIS = 60_000;
const listeners = new Set();
const stream = new Stream('/v1/events', {
  received: (fact) => listeners.forEach((listener) => listener.fact?.(fact)),
  opened: () => {
    const again = connection.state === 'lost';
    connection.state = again ? 'back' : 'live';
    if (again) {
      catchUp();
      setTimeout(() => {
        connection.state = connection.state === 'back' ? 'live' : connection.state;
        repaint();
      }, 4000);
    }
    repaint();
  },
  lost: (pause, why) => {
    connection.state = 'lost';
    connection.refusal = why?.status ? why.message : null;
    connection.retryAt = Date.now() + pause;
    repaint();
  },
  restarted: catchUp,
});

/** @param listener its fact(fact) hears every fact, its back() that the connection is there again */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is shown was old and is not any more: all of it is read anew. */
export function catchUp() {
  listeners.forEach((listener) => listener.back?.());
}

/** Somebody has seen that the server cannot be reached: the stream itself notices a loss only by silence. */
export function lose() {
  stream.drop();
}

export function tryNow() {
  stream.tryNow();
}

/** A page that nobody sees keeps no connection from those that are seen; it catches up when it is looked at. */
export function goLive() {
  let unseen = null;
  addEventListener('offline', lose);
  addEventListener('online', tryNow);
  addEventListener('pagehide', () => stream.rest());
  addEventListener('pageshow', (event) => event.persisted && stream.tryNow());
  document.addEventListener('visibilitychange', () => {
    clearTimeout(unseen);
    if (document.hidden) {
      unseen = setTimeout(() => stream.rest(), UNSEEN_MILLIS);
    } else {
      stream.tryNow();
    }
  });
  stream.run();
}
