package io.orderflow.order.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.order.event.ReturnedLine;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.StoredAs;
import java.time.Instant;
import java.util.List;

/**
 * Returned goods.
 *
 * @param id         {@code ret_…}
 * @param value      the refund for them
 * @param returnedAt UTC
 */
@StoredAs("order.ReturnView")
public record ReturnView(String id, OrderId orderId, List<ReturnedLine> lines, Money value, String reason,
        Status status, Instant returnedAt) {

    public ReturnView {
        lines = List.copyOf(lines);
    }

    /** How far a return has come. */
    public enum Status {
        /** The goods are not in stock again yet, or the money is not refunded yet. */
        @JsonProperty("open") OPEN,
        @JsonProperty("closed") CLOSED
    }
}
