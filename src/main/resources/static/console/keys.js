// The keyboard: arrows inside of a group, one stop of the Tab key for each group.
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** @keydown of a group: moves the focus among its [data-rove] by arrows, Home and End. */
export function rove(event) {
  const items = [...event.currentTarget.querySelectorAll('[data-rove]')];
  const at = items.indexOf(event.target.closest('[data-rove]'));
  const to = event.key === 'Home' ? 0 : event.key === 'End' ? items.length - 1
    : event.key in STEPS ? at + STEPS[event.key] : -1;
  if (at >= 0 && items[to]) {
    event.preventDefault();
    items[to].focus();
  }
}

/** @keydown of the board: up and down inside of a column, left and right to the next one that has cards. */
export function roveColumns(event) {
  const columns = [...event.currentTarget.querySelectorAll('[data-column]')]
    .map((column) => [...column.querySelectorAll('[data-rove]')]).filter((cards) => cards.length);
  const column = columns.findIndex((cards) => cards.includes(event.target));
  if (column < 0 || !(event.key in STEPS)) {
    return;
  }
  event.preventDefault();
  const row = columns[column].indexOf(event.target);
  const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
  const cards = sideways ? columns[column + STEPS[event.key]] : columns[column];
  cards?.[Math.min(sideways ? row : row + STEPS[event.key], cards.length - 1)]?.focus();
}

/** Lets "/" go to the search field, unless somebody is writing. */
export function slashSearches() {
  addEventListener('keydown', (event) => {
    const search = document.querySelector('[data-search]');
    const writes = event.target.matches?.('input, textarea, select') || document.querySelector('dialog[open]');
    if (event.key === '/' && search && !writes && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      search.focus();
    }
  });
}
