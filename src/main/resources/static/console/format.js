// Money, times and numbers as people read them.
const locale = navigator.language;
const moneys = new Map();

// By ISO 4217, as the server counts. Browsers leave decimals out where cash has none: to them 2498 HUF are HUF 2,498.
const DECIMALS = { 0: 'ADP BEF BIF BYB BYR CLP DJF ESP GNF GRD ISK ITL JPY KMF KRW LUF MGF PTE PYG ROL RWF TPE TRL UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND', 4: 'CLF' };

function decimals(currency) {
  return Number(Object.keys(DECIMALS).find((each) => DECIMALS[each].includes(currency)) ?? 2);
}

/** @param money {currency, amount} in minor units */
export function money(money) {
  if (!money) {
    return '–';
  }
  const { currency, amount } = money;
  if (!moneys.has(currency)) {
    moneys.set(currency, new Intl.NumberFormat(locale, { style: 'currency', currency,
      minimumFractionDigits: decimals(currency), maximumFractionDigits: decimals(currency) }));
  }
  return moneys.get(currency).format(amount / 10 ** decimals(currency));
}

/** Minor units from what somebody typed, with a point or a comma, or null when it is no amount in this currency. */
export function minorUnits(text, currency) {
  const number = /^\s*(\d+)(?:[.,](\d+))?\s*$/.exec(text);
  if (!number || (number[2] ?? '').length > decimals(currency)) {
    return null;
  }
  const amount = Number(number[1] + (number[2] ?? '').padEnd(decimals(currency), '0'));
  return Number.isSafeInteger(amount) ? amount : null;
}

/** The major units of an amount, as a form shows them. */
export function majorUnits({ currency, amount }) {
  return (amount / 10 ** decimals(currency)).toFixed(decimals(currency));
}

const seconds = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const minute = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const number = new Intl.NumberFormat(locale);

export const count = (value) => number.format(value);
export const hourMinute = (at) => minute.format(new Date(at));

export function time(at) {
  const date = new Date(at);
  const text = seconds.format(date);
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
