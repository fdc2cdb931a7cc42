// What the API's codes are called in words.
export const STATUSES = ['placed', 'confirmed', 'dispatched', 'completed', 'rejected', 'cancelled'];
export const PARTIES = ['customer', 'gateway', 'stock', 'staff', 'clock'];

const WAITING = {
  stock_reservation: 'stock to be set aside',
  payment_authorization: 'the gateway to authorize the payment',
  payment_action: 'the customer to confirm the payment',
  payment_pending: 'the gateway to decide on the payment',
  payment_overdue: 'the gateway to authorize the payment, which is overdue',
  payment_outcome_unknown: 'the gateway to tell what became of the payment',
  authorization_expired: 'staff: what was set aside has expired before everything was dispatched',
  dispatch: 'staff to dispatch it',
  dispatch_overdue: 'staff to dispatch it, which is overdue',
  payment_capture: 'the gateway to take the money and the warehouse to ship',
  payment_capture_failed: 'staff: the money could not be taken',
  payment_reversal: 'the gateway to give the money back',
  payment_reversal_failed: 'staff: the money could not be given back',
  stock_release: 'stock to be given back',
  stock_return: 'the goods to be taken back to stock',
  refund: 'the gateway to pay the money back',
  refund_outcome_unknown: 'the gateway to tell what became of the refund',
  refund_failed: 'staff: the money could not be paid back',
  shipping_stuck: 'staff: shipping does not go on by itself',
  undo_stuck: 'staff: undoing the order does not go on by itself',
  ending: 'its end to be recorded',
  step_failed: 'staff: a step failed for good',
};

const TO_DO = {
  payment_action: 'Send the customer to the page of the bank.',
  dispatch: 'Hand the goods to a carrier and dispatch the order here.',
  dispatch_overdue: 'Hand the goods to a carrier and dispatch the order here, or cancel it.',
  payment_capture_failed: 'Try the failed operation again under Money, or settle it by hand.',
  payment_reversal_failed: 'Try the failed operation again under Money, or settle it by hand.',
  refund_failed: 'Try the failed refund again under Money, or settle it by hand.',
  authorization_expired: 'Find another way to be paid for the rest, or cancel it.',
  shipping_stuck: 'Mend the cause (see Operations, dead letters), then let the order go on.',
  undo_stuck: 'Mend the cause (see Operations, dead letters), then let the order go on.',
  step_failed: 'Mend the cause (see Operations, dead letters), then let the order go on. A return that is worth more than is left to pay back is closed under Money.',
};

/** Codes of waiting that end when an operator lets the order go on. */
export const RESUMABLE = new Set(['shipping_stuck', 'undo_stuck', 'step_failed']);

export const words = (code) => (code ? code.replaceAll('_', ' ') : '–');
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
export const waitsFor = (on) => `Waits for ${WAITING[on.code] ?? `${on.party}: ${words(on.code)}`}`;
export const toDo = (on) => TO_DO[on.code] ?? null;
export const units = (quantity, sku) => `${quantity} × ${sku}`;
