package io.orderflow.payment.query;

import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import java.time.Instant;
import java.util.List;

/**
 * What waits for the gateway, and how the calls to it are rationed.
 *
 * @param total  how many operations wait, also those that are not listed
 * @param items  the oldest of them
 * @param guards one for taking money and one for giving it back
 */
public record GatewayWorkView(long total, List<Waiting> items, List<Guard> guards) {

    public GatewayWorkView {
        items = List.copyOf(items);
        guards = List.copyOf(guards);
    }

    /**
     * An operation whose end is not known.
     *
     * @param requestedAt   UTC
     * @param doubts        how often the gateway was asked without a final answer; null when nobody asks
     * @param doubt         why the last answer did not tell, in words; null when it did, or there was none
     * @param nextTry       when the gateway is asked next, UTC; null when nobody asks, which needs somebody to look
     * @param beingAskedNow whether a call is under way
     */
    public record Waiting(String operationId, PaymentId paymentId, OrderId orderId, Kind kind,
            OperationStatus status, Money amount, Instant requestedAt, Integer doubts, String doubt, Instant nextTry,
            boolean beingAskedNow) {
    }

    /**
     * Bounds the calls of one direction.
     *
     * @param state              of the circuit breaker: {@code closed}, {@code open}, {@code half_open} …
     * @param failureRatePercent of its last calls; null when there were too few
     * @param callsPermitted     how many more calls the bulkhead lets through this moment
     * @param callsAtOnce        how many it lets through in all
     */
    public record Guard(String name, String state, Integer failureRatePercent, int callsPermitted, int callsAtOnce) {
    }
}
