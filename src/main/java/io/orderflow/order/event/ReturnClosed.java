package io.orderflow.order.event;

import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import org.jspecify.annotations.Nullable;

/**
 * A return is settled.
 *
 * @param note how staff settled it by hand; null when its goods are in stock and its money is refunded
 */
@StoredAs("order.ReturnClosed")
public record ReturnClosed(OrderId orderId, String returnId, @Nullable String note) implements OrderFact {
}
