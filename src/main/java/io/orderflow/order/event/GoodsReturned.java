package io.orderflow.order.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderFact;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import java.time.Instant;
import java.util.List;

/**
 * Dispatched units came back from the customer, who gets their value refunded.
 *
 * @param returnId   identity of the return, {@code ret_…}; its refund has the same
 * @param lines      what came back, each SKU once per condition
 * @param value      what the customer has paid or owes for them
 * @param returnedAt UTC
 * @param dispatched value of everything that had been dispatched by then
 */
@StoredAs("order.GoodsReturned")
public record GoodsReturned(OrderId orderId, String returnId, List<ReturnedLine> lines, Money value, String reason,
        Instant returnedAt, Money dispatched) implements OrderFact {

    public GoodsReturned {
        lines = List.copyOf(lines);
    }
}
