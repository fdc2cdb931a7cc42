import assert from 'node:assert/strict';
import { it } from 'node:test';
import { RESUMABLE, capital, toDo, waitsFor, words } from './console/words.js';

it('a wait that has no words of its own is shown by its code', () => {
  assert.equal(waitsFor({ party: 'clock', code: 'next_moon' }), 'Waits for clock: next moon');
  assert.equal(toDo({ party: 'clock', code: 'next_moon' }), null);
});

it('a resumable wait says that the order can be resumed', () => {
  for (const code of RESUMABLE) {
    assert.match(toDo({ party: 'staff', code }), /resume the order/);
  }
});

it('codes are shown as words', () => {
  assert.equal(words('payment_capture'), 'payment capture');
  assert.equal(words(null), '–');
  assert.equal(capital('placed'), 'Placed');
});
