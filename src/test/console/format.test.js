import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

Object.defineProperty(globalThis, 'navigator', { value: { language: 'de-DE' }, configurable: true });
const { ago, bytes, majorUnits, millis, minorUnits, money, span, utc } = await import('./console/format.js');

const plain = (text) => text.replace(/\s/g, ' ');

describe('money', () => {
  it('has the decimals of its currency, also where browsers leave them out', () => {
    assert.equal(plain(money({ currency: 'EUR', amount: 2498 })), '24,98 €');
    assert.equal(plain(money({ currency: 'JPY', amount: 2498 })), '2.498 ¥');
    assert.equal(plain(money({ currency: 'KWD', amount: 2498 })), '2,498 KWD');
    assert.equal(plain(money({ currency: 'HUF', amount: 249800 })), '2.498,00 HUF');
    assert.equal(money(null), '–');
  });

  it('is read in minor units, with a point or a comma', () => {
    for (const [text, currency, amount] of [['12.99', 'EUR', 1299], ['12,9', 'EUR', 1290], [' 12 ', 'EUR', 1200],
      ['0,01', 'EUR', 1], ['1299', 'JPY', 1299], ['1.234', 'KWD', 1234]]) {
      assert.equal(minorUnits(text, currency), amount, text);
    }
  });

  it('is not read from what is no amount of its currency', () => {
    for (const [text, currency] of [['', 'EUR'], ['-1', 'EUR'], ['1.999', 'EUR'], ['1,5', 'JPY'], ['1e3', 'EUR'],
      ['1.000,00', 'EUR'], ['99999999999999999', 'EUR'], ['½', 'EUR']]) {
      assert.equal(minorUnits(text, currency), null, text);
    }
  });

  it('stands in a form as it is read again', () => {
    for (const each of [{ currency: 'EUR', amount: 5 }, { currency: 'JPY', amount: 7 }, { currency: 'TND', amount: 12345 }]) {
      assert.equal(minorUnits(majorUnits(each), each.currency), each.amount);
    }
  });
});

describe('time', () => {
  it('spans its two greatest units at most', () => {
    for (const [value, text] of [[0, '0 s'], [59_400, '59 s'], [60_000, '1 min'], [3_661_000, '1 h 1 min'],
      [90_061_000, '1 d 1 h'], [-180_000, '3 min']]) {
      assert.equal(span(value), text);
    }
  });

  it('is told from now', () => {
    assert.equal(ago(new Date()), 'just now');
    assert.equal(ago(new Date(Date.now() - 185_000)), '3 min ago');
  });

  it('is UTC where it says so', () => {
    assert.equal(utc('2026-11-24T04:18:39.627Z'), '2026-11-24 04:18:39 UTC');
  });
});

it('sizes have units', () => {
  assert.equal(bytes(1500), '2 kB');
  assert.equal(bytes(2_340_000), '2,3 MB');
  assert.equal(millis(999), '999 ms');
  assert.equal(millis(1500), '1.5 s');
  assert.equal(millis(null), '–');
});
