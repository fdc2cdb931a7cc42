// Texts for the codes of the API.
export const STATUSES = ['placed', 'confirmed', 'dispatched', 'completed', 'rejected', 'cancelled'];
export const PARTIES = ['customer', 'gateway', 'stock', 'staff', 'clock'];

const WAITING = {
  stock_reservation: 'stock to be reserved',
  payment_authorization: 'the gateway to authorize the payment',
  payment_action: 'the customer to confirm the payment',
  payment_pending: 'the gateway to decide on the payment',
  payment_overdue: 'the gateway to authorize the payment, which is overdue',
  payment_outcome_unknown: 'the gateway to report the outcome of the payment',
  authorization_expired: 'staff: the authorization expired before everything was dispatched',
  dispatch: 'staff to dispatch it',
  dispatch_overdue: 'staff to dispatch it, which is overdue',
  payment_capture: 'the gateway to capture the money and the warehouse to ship',
  payment_capture_failed: 'staff: the capture failed',
  payment_reversal: 'the gateway to void or refund the payment',
  payment_reversal_failed: 'staff: the payment could not be voided or refunded',
  stock_release: 'stock to be released',
  stock_return: 'the returned goods to be in stock',
  refund: 'the gateway to refund the money',
  refund_outcome_unknown: 'the gateway to report the outcome of the refund',
  refund_failed: 'staff: the refund failed',
  shipping_stuck: 'staff: shipping is stuck',
  undo_stuck: 'staff: the compensation is stuck',
  ending: 'the order to end',
  step_failed: 'staff: a step failed permanently',
};

const TO_DO = {
  payment_action: 'Send the customer to the page of the bank.',
  dispatch: 'Hand the goods to a carrier and dispatch the order here.',
  dispatch_overdue: 'Hand the goods to a carrier and dispatch the order here, or cancel it.',
  payment_capture_failed: 'Retry the failed operation under Money, or settle it by hand.',
  payment_reversal_failed: 'Retry the failed operation under Money, or settle it by hand.',
  refund_failed: 'Retry the failed refund under Money, or settle it by hand.',
  authorization_expired: 'Find another way to be paid for the rest, or cancel it.',
  shipping_stuck: 'Fix the cause (see Operations, dead letters), then resume the order.',
  undo_stuck: 'Fix the cause (see Operations, dead letters), then resume the order.',
  step_failed: 'Fix the cause (see Operations, dead letters), then resume the order. Close a return that is worth more than can be refunded under Money.',
};

/** Wait codes that end when an operator resumes the order. */
export const RESUMABLE = new Set(['shipping_stuck', 'undo_stuck', 'step_failed']);

export const words = (code) => (code ? code.replaceAll('_', ' ') : '–');
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
export const waitsFor = (on) => `Waits for ${WAITING[on.code] ?? `${on.party}: ${words(on.code)}`}`;
export const toDo = (on) => TO_DO[on.code] ?? null;
export const units = (quantity, sku) => `${quantity} × ${sku}`;
