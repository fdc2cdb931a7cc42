package io.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;

/**
 * Nothing more is to be done about a return.
 *
 * @param note how staff settled it by hand, in words; null when its goods are in stock and its money is paid back
 */
@StoredAs("order.ReturnClosed")
public record ReturnClosed(OrderId orderId, String returnId, String note) implements OrderFact {
}
