package io.orderflow.order.event;

import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.OwnedFact;
import io.orderflow.shared.PaymentMethod;
import io.orderflow.shared.StoredAs;
import io.orderflow.shared.WaitFact;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order was taken; no stock is reserved and no money is authorized yet.
 *
 * @param shop      identity of the shop that placed it
 * @param reference the shop's own number for the order
 * @param lines     each SKU once
 * @param total     sum of all lines
 * @param address   null when the shop keeps it
 * @param request   identity of the request that placed it
 * @param waitingOn the reservation of its stock
 * @param placedAt  UTC
 */
@StoredAs("order.OrderPlaced")
public record OrderPlaced(OrderId orderId, String shop, String reference, Customer customer,
        List<OrderLine> lines, Money total, PaymentMethod paymentMethod, @Nullable Address address, String request,
        WaitingOn waitingOn, Instant placedAt) implements WaitFact, OwnedFact {

    public OrderPlaced {
        lines = List.copyOf(lines);
    }

    @Override
    public WaitingOn waitingOn(@Nullable WaitingOn before, Instant at) {
        return waitingOn;
    }
}
