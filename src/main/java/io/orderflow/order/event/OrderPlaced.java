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

/**
 * An order stands; nothing is held or paid yet.
 *
 * @param shop        who placed it
 * @param reference   the shop's own number for the order
 * @param lines       each SKU once
 * @param total       sum of all lines
 * @param address     null when the shop keeps it
 * @param request     identity of the request that placed it
 * @param placedAt    UTC
 */
@StoredAs("order.OrderPlaced")
public record OrderPlaced(OrderId orderId, String shop, String reference, Customer customer,
        List<OrderLine> lines, Money total, PaymentMethod paymentMethod, Address address, String request,
        Instant placedAt) implements WaitFact, OwnedFact {

    public OrderPlaced {
        lines = List.copyOf(lines);
    }

    /** What every order waits on before anybody has done anything. */
    public static WaitingOn firstWait(Instant placedAt) {
        return new WaitingOn(WaitingOn.Code.STOCK_RESERVATION, placedAt, null);
    }

    @Override
    public WaitingOn waitingOn() {
        return firstWait(placedAt);
    }
}
