package broken.orderflow.platform;

import broken.orderflow.fulfillment.Parcel;
import broken.orderflow.payment.Card;

/** Knows business, and something that stands on top. */
record Cashier(Card card, Parcel parcel) {
}
