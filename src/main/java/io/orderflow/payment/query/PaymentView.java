package io.orderflow.payment.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderflow.payment.event.NextAction;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import io.orderflow.shared.PaymentStatus;
import io.orderflow.shared.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * A payment as callers see it: the money of one order.
 *
 * @param amount        what the order is worth
 * @param authorized    what is or was set aside
 * @param captured      what has been taken
 * @param refunded      what has been paid back; a refund that is under way, or failed, does not count
 * @param captureBefore until when what is set aside can be taken, UTC; null when there is no limit
 * @param nextAction    what the customer has to do; null unless that is awaited
 * @param version       grows with every change of the payment
 * @param createdAt     UTC
 * @param updatedAt     UTC
 */
public record PaymentView(PaymentId id, OrderId orderId, PaymentStatus status, Money amount, Money authorized,
        Money captured, Money refunded, Instant captureBefore, NextAction nextAction, List<Operation> operations,
        List<RefundView> refunds, long version, Instant createdAt, Instant updatedAt) implements Versioned {

    public PaymentView {
        operations = List.copyOf(operations);
        refunds = List.copyOf(refunds);
    }

    public PaymentView with(List<Operation> operations, List<RefundView> refunds) {
        return new PaymentView(id, orderId, status, amount, authorized, captured, refunded, captureBefore, nextAction,
                operations, refunds, version, createdAt, updatedAt);
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
        /** The customer has to act. */
        @JsonProperty("action_required") ACTION_REQUIRED,
        /** The gateway has taken it on and tells later. */
        @JsonProperty("pending") PENDING,
        @JsonProperty("succeeded") SUCCEEDED,
        @JsonProperty("declined") DECLINED,
        @JsonProperty("failed") FAILED,
        /** It may have happened or not; it is looked up until that is known. */
        @JsonProperty("unknown") UNKNOWN,
        /** The gateway refused, and staff did it another way. */
        @JsonProperty("settled_by_hand") SETTLED_BY_HAND;

        /** Whether the truth about the operation is known. */
        public boolean isFinal() {
            return this == SUCCEEDED || this == DECLINED || this == FAILED || this == SETTLED_BY_HAND;
        }

        /** Whether what was asked for is done, by the gateway or by hand. */
        public boolean isDone() {
            return this == SUCCEEDED || this == SETTLED_BY_HAND;
        }
    }

    /** What staff can do about an operation. */
    public enum Action {
        @JsonProperty("retry") RETRY,
        @JsonProperty("settle") SETTLE
    }

    /**
     * One operation at the gateway, repeated only under its own id.
     *
     * @param subject     the shipment of a capture, or the refund or return of a refund; null for an authorization and
     *                    for what undoes the payment as a whole
     * @param code        the gateway's reason, null unless it refused
     * @param actions     what staff can do now; nothing unless it failed and no later one has taken its place
     * @param requestedAt UTC
     */
    public record Operation(String id, Kind kind, String subject, OperationStatus status, Money amount, String code,
            List<Action> actions, Instant requestedAt) {

        public Operation {
            actions = List.copyOf(actions);
        }

        /** The same, of which this can be asked. */
        public Operation with(List<Action> possible) {
            return new Operation(id, kind, subject, status, amount, code, possible, requestedAt);
        }
    }
}
