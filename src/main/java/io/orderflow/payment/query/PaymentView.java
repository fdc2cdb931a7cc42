package io.orderflow.payment.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import java.time.Instant;
import java.util.List;

/**
 * A payment as callers see it: the money of one order.
 *
 * @param amount     what the order is worth
 * @param authorized what is or was set aside
 * @param captured   what has been taken
 * @param refunded   what has been paid back
 * @param createdAt  UTC
 * @param updatedAt  UTC
 */
public record PaymentView(PaymentId id, OrderId orderId, PaymentStatus status, Money amount, Money authorized,
        Money captured, Money refunded, List<Operation> operations, Instant createdAt, Instant updatedAt) {

    public PaymentView {
        operations = List.copyOf(operations);
    }

    /** What was asked of the gateway. */
    public enum Kind {
        @JsonProperty("authorize") AUTHORIZE,
        @JsonProperty("capture") CAPTURE,
        @JsonProperty("void") VOID,
        @JsonProperty("refund") REFUND
    }

    /** How it ended, so far. */
    public enum OperationStatus {
        @JsonProperty("requested") REQUESTED,
        @JsonProperty("succeeded") SUCCEEDED,
        @JsonProperty("declined") DECLINED,
        @JsonProperty("failed") FAILED,
        @JsonProperty("unknown") UNKNOWN
    }

    /**
     * One operation at the gateway, repeated only under its own id.
     *
     * @param code the gateway's reason, null unless it refused
     */
    public record Operation(String id, Kind kind, OperationStatus status, Money amount, String code) {
    }
}
