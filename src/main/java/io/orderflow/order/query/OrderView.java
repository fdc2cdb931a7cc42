package io.orderflow.order.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.order.event.Address;
import io.orderflow.order.event.Customer;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.Sku;
import io.orderflow.shared.Versioned;
import io.orderflow.shared.WaitingOn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as callers see it.
 *
 * @param shop      identity of the shop that placed it
 * @param waitingOn null once the order is terminal and its returns and refunds are settled
 * @param actions   those that the order's state allows; a shop may cancel and return only (docs/access.md)
 * @param version   grows with every change of the order
 * @param createdAt UTC
 * @param updatedAt UTC
 */
public record OrderView(OrderId id, String shop, String reference, Customer customer, @Nullable Address address,
        OrderStatus status, PaymentId paymentId, PaymentStatus paymentStatus, StockStatus stockStatus,
        @Nullable WaitingOn waitingOn, List<Action> actions, List<Line> lines, List<Return> returns, Money total,
        @Nullable Rejection rejection, long version, Instant createdAt, Instant updatedAt) implements Versioned {

    public OrderView {
        actions = List.copyOf(actions);
        lines = List.copyOf(lines);
        returns = List.copyOf(returns);
    }

    /** A request that can be made for an order. */
    public enum Action {
        @JsonProperty("cancel") CANCEL,
        @JsonProperty("dispatch") DISPATCH,
        @JsonProperty("return") RETURN,
        /** A request to the payment, not to the order. */
        @JsonProperty("refund") REFUND
    }

    /** One line and how many of its units are where. */
    public record Line(Sku sku, int quantity, Money unitPrice, int reserved, int shipped, int returned) {
    }

    /** One return and its value. */
    public record Return(String id, Money value, ReturnView.Status status) {
    }

    /** Why an order could not be fulfilled. */
    public record Rejection(String code, String detail) {
    }
}
