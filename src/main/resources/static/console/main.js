// Starts the console and finds the view for each address.
import { html, render } from './lit.js';
import { get } from './api.js';
import { BoardView } from './board.js';
import { watchFreshness } from './freshness.js';
import { goLive } from './live.js';
import { slashSearches } from './keys.js';
import { OperationsView } from './operations.js';
import { OrderView } from './order.js';
import { paintWith, repaint } from './paint.js';
import { PlotsView } from './plots.js';
import { session } from './session.js';
import { shell } from './shell.js';
import { StockView } from './stock.js';
import { applyTheme } from './theme.js';

const AGAIN_MILLIS = 5000;
const ROUTES = [
  [/^#?\/?$/, () => new BoardView()],
  [/^#\/orders\/([^/]+)$/, (id) => new OrderView(id)],
  [/^#\/stock(?:\/([^/]+))?$/, (sku) => new StockView(sku)],
  [/^#\/plots$/, () => new PlotsView()],
  [/^#\/operations(?:\/([a-z-]+))?$/, (part) => new OperationsView(part)],
];

class NowhereView {
  title = 'Nothing here';

  open() {}

  close() {}

  render() {
    return html`<h1>There is nothing here</h1><p>Perhaps the link is old. The <a href="#/">board</a> shows all orders.</p>`;
  }
}

let view = null;

function find(hash) {
  for (const [pattern, make] of ROUTES) {
    const match = pattern.exec(hash);
    if (match) {
      return make(...match.slice(1).map((part) => part && decodeURIComponent(part)));
    }
  }
  return new NowhereView();
}

function go() {
  const moved = view !== null;
  view?.close();
  view = find(location.hash);
  view.open();
  document.title = `${view.title} · Orderflow`;
  paint();
  if (moved) {
    scrollTo(0, 0);
    document.getElementById('view').focus({ preventScroll: true });
  }
}

function paint() {
  document.title = `${view.title} · Orderflow`;
  render(shell(view.render(), view.extra?.()), document.getElementById('console'));
}

async function learnWhoWeAre() {
  try {
    session.me = await get('/v1/me');
  } catch (problem) {
    session.me = null; // 404: the API is open to everybody
    if (problem.status !== 404) {
      setTimeout(learnWhoWeAre, AGAIN_MILLIS);
    }
  }
  repaint();
}

applyTheme();
slashSearches();
paintWith(paint);
document.getElementById('console').replaceChildren();
addEventListener('hashchange', go);
addEventListener('signed-in', () => learnWhoWeAre());
go();
goLive();
watchFreshness();
learnWhoWeAre();
// Updates relative times and countdowns.
setInterval(() => document.hidden || repaint(), 1000);
