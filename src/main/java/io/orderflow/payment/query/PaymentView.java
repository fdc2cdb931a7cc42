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
import org.jspecify.annotations.Nullable;

/**
 * A payment: the money of one order.
 *
 * @param amount        the total of the order
 * @param authorized    authorized so far, captured or not
 * @param captured      captured so far
 * @param refunded      refunded so far, without refunds that are open or failed
 * @param captureBefore when the authorization expires, UTC; null when there is no limit
 * @param nextAction    what the customer has to do; null unless the payment waits for it
 * @param version       grows with every change of the payment
 * @param createdAt     UTC
 * @param updatedAt     UTC
 */
public record PaymentView(PaymentId id, OrderId orderId, PaymentStatus status, Money amount, Money authorized,
        Money captured, Money refunded, @Nullable Instant captureBefore, @Nullable NextAction nextAction,
        List<Operation> operations, List<RefundView> refunds, long version, Instant createdAt, Instant updatedAt)
        implements Versioned {

    public PaymentView {
        operations = List.copyOf(operations);
        refunds = List.copyOf(refunds);
    }

    /** This payment with other operations and refunds. */
    public PaymentView with(List<Operation> operations, List<RefundView> refunds) {
        return new PaymentView(id, orderId, status, amount, authorized, captured, refunded, captureBefore, nextAction,
                operations, refunds, version, createdAt, updatedAt);
    }

    /** Kinds of operations at the gateway. */
    public enum Kind {
        @JsonProperty("authorize") AUTHORIZE,
        @JsonProperty("capture") CAPTURE,
        @JsonProperty("void") VOID,
        @JsonProperty("refund") REFUND
    }

    /** Status of an operation. */
    public enum OperationStatus {
        @JsonProperty("requested") REQUESTED,
        /** The customer has to act. */
        @JsonProperty("action_required") ACTION_REQUIRED,
        /** Accepted by the gateway, which decides later. */
        @JsonProperty("pending") PENDING,
        @JsonProperty("succeeded") SUCCEEDED,
        @JsonProperty("declined") DECLINED,
        @JsonProperty("failed") FAILED,
        /** It may have happened or not; it is looked up until its outcome is known. */
        @JsonProperty("unknown") UNKNOWN,
        /** The gateway refused, and staff settled it another way. */
        @JsonProperty("settled_by_hand") SETTLED_BY_HAND;

        /** Whether its outcome is known. */
        public boolean isFinal() {
            return this == SUCCEEDED || this == DECLINED || this == FAILED || this == SETTLED_BY_HAND;
        }

        /** Whether it is done, by the gateway or by hand. */
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
     * @param subject     the shipment of a capture, or the refund or return of a refund; null for an authorization or a
     *                    reversal
     * @param code        the gateway's reason; null unless it refused
     * @param actions     what staff can do now; empty unless it failed and no later operation has replaced it
     * @param requestedAt UTC
     */
    public record Operation(String id, Kind kind, @Nullable String subject, OperationStatus status, Money amount,
            @Nullable String code, List<Action> actions, Instant requestedAt) {

        public Operation {
            actions = List.copyOf(actions);
        }

        /** This operation with the actions that are possible. */
        public Operation with(List<Action> possible) {
            return new Operation(id, kind, subject, status, amount, code, possible, requestedAt);
        }
    }
}
