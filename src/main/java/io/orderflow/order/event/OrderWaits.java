package io.orderflow.order.event;

import io.orderflow.shared.WaitingOn;
import io.orderflow.shared.WaitingOn.Party;
import org.jspecify.annotations.Nullable;

/** What fulfillment and after-sales of one order wait for. They run side by side; the order shows one of them. */
public record OrderWaits(@Nullable WaitingOn fulfillment, @Nullable WaitingOn afterSales) {

    public static final OrderWaits NONE = new OrderWaits(null, null);

    public OrderWaits withFulfillment(@Nullable WaitingOn next) {
        return new OrderWaits(next, afterSales);
    }

    public OrderWaits withAfterSales(@Nullable WaitingOn next) {
        return new OrderWaits(fulfillment, next);
    }

    /** After-sales come first when staff has to act, fulfillment otherwise. */
    public @Nullable WaitingOn shown() {
        boolean failed = afterSales != null && afterSales.party() == Party.STAFF;
        return failed || fulfillment == null ? afterSales : fulfillment;
    }
}
