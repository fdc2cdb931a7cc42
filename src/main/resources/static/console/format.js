// Money, times and numbers as people read them.
const locale = navigator.language;
const moneys = new Map();

/** @param money {currency, amount} in minor units */
export function money(money) {
  if (!money) {
    return '–';
  }
  if (!moneys.has(money.currency)) {
    moneys.set(money.currency, new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency }));
  }
  const format = moneys.get(money.currency);
  return format.format(money.amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

/** Minor units from what somebody typed, or null when it is no amount. */
export function minorUnits(text, currency) {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
  const number = /^\s*(\d+)(?:[.,](\d+))?\s*$/.exec(text);
  if (!number || (number[2] ?? '').length > digits) {
    return null;
  }
  return Number(number[1] + (number[2] ?? '').padEnd(digits, '0'));
}

/** The major units of an amount, as a form shows them. */
export function majorUnits({ currency, amount }) {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
  return (amount / 10 ** digits).toFixed(digits);
}

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const minute = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const number = new Intl.NumberFormat(locale);

export const count = (value) => number.format(value);
export const hourMinute = (at) => minute.format(new Date(at));

export function time(at) {
  const date = new Date(at);
  const text = clock.format(date);
  return date.toDateString() === new Date().toDateString() ? text : `${day.format(date)}, ${text}`;
}

export const utc = (at) => `${new Date(at).toISOString().replace('T', ' ').replace(/\.\d+Z/, '')} UTC`;

/** Such as "3 min": the two greatest units at most. */
export function span(millis) {
  const seconds = Math.max(0, Math.round(Math.abs(millis) / 1000));
  const parts = [['d', 86_400], ['h', 3600], ['min', 60], ['s', 1]]
    .map(([unit, size], i, all) => [unit, Math.floor((i ? seconds % all[i - 1][1] : seconds) / size)]);
  const first = parts.findIndex(([, value]) => value > 0);
  if (first < 0) {
    return '0 s';
  }
  return parts.slice(first, first + 2).filter(([, value]) => value > 0).map(([unit, value]) => `${value} ${unit}`).join(' ');
}

export function ago(at) {
  const millis = Date.now() - new Date(at);
  return millis < 5000 ? 'just now' : `${span(millis).split(' ').slice(0, 2).join(' ')} ago`;
}

export const millis = (value) => (value == null ? '–' : value < 1000 ? `${value} ms` : `${(value / 1000).toFixed(1)} s`);

export function bytes(value) {
  return value < 1e6 ? `${count(Math.round(value / 1000))} kB` : `${count(Math.round(value / 1e5) / 10)} MB`;
}
