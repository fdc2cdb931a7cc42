// Whether what is read is up to date: the tables behind the pages follow the events, unless somebody or something stops them.
import { get, Problem } from './api.js';
import { count, span, time } from './format.js';
import { catchUp, connection, lose } from './live.js';
import { repaint } from './paint.js';
import { words } from './words.js';

const ROUND_MILLIS = 4000;
const PATIENCE_MILLIS = 8000;
/** A projection that is behind and has not moved for so many rounds does not get on. */
const ROUNDS = 3;

let projections = [];
const stuck = new Map();

function isStale({ name, state }) {
  return state === 'paused' || state === 'failing' || (state === 'behind' && stuck.get(name).rounds >= ROUNDS);
}

/** The projections that do not get on: {name, state, since, lag}. */
const stale = () => projections.filter(isStale);

/** For the header: null when nothing is stale. */
export function staleLabel() {
  const [first] = stale();
  return first ? `Stale${first.since ? ` since ${time(first.since)}` : ''}` : null;
}

/** Why what is shown may be old, in words; null when it is not. */
export function staleness() {
  const [first] = stale();
  if (!first) {
    return null;
  }
  const since = first.since ? ` since ${time(first.since)}, for ${span(Date.now() - new Date(first.since))}` : '';
  return `${stale().map((each) => `${each.name} is ${words(each.state)}`).join(', ')}${since}; ${
    first.lag ? `${count(first.lag)} events are not shown yet` : 'nothing has happened since'}`;
}

async function look() {
  const wasStale = stale().length > 0;
  try {
    projections = (await get('/v1/projections', {}, { signal: AbortSignal.timeout(PATIENCE_MILLIS) })).items;
    projections.forEach(({ name, position }) => {
      const before = stuck.get(name);
      stuck.set(name, { position, rounds: before?.position === position ? before.rounds + 1 : 0 });
    });
    if (wasStale && !stale().length) {
      catchUp();
    }
  } catch (problem) {
    if (problem instanceof Problem ? problem.status === 0 : problem.name === 'TimeoutError') {
      lose();
    }
  }
  repaint();
}

/** Looks by itself from now on. */
export async function watchFreshness() {
  for (;;) {
    if (!document.hidden && connection.state !== 'lost') {
      await look();
    }
    await new Promise((resolve) => setTimeout(resolve, ROUND_MILLIS));
  }
}
