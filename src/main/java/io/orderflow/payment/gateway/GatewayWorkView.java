package io.orderflow.payment.gateway;

import io.orderflow.payment.query.PaymentView.Kind;
import io.orderflow.payment.query.PaymentView.OperationStatus;
import io.orderflow.shared.Money;
import io.orderflow.shared.OrderId;
import io.orderflow.shared.PaymentId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations that wait for the gateway, and the state of the guards around its calls.
 *
 * @param total number of waiting operations, listed or not
 * @param items the oldest ones
 */
record GatewayWorkView(long total, List<Waiting> items, List<Guard> guards) {

    /**
     * An operation without a final outcome.
     *
     * @param requestedAt UTC
     * @param doubts      number of calls without a final answer; null when no task calls the gateway
     * @param doubt       why the last answer was not final, for people
     * @param nextTry     UTC; null when no task calls the gateway, which is an error
     */
    record Waiting(String operationId, PaymentId paymentId, OrderId orderId, Kind kind, OperationStatus status,
            Money amount, Instant requestedAt, @Nullable Integer doubts, @Nullable String doubt,
            @Nullable Instant nextTry, boolean beingAskedNow) {
    }

    /**
     * The circuit breaker and the bulkhead of one direction.
     *
     * @param state              of the breaker: {@code closed}, {@code open}, {@code half_open} …
     * @param failureRatePercent null until there were enough calls
     */
    record Guard(String name, String state, @Nullable Integer failureRatePercent, int callsPermitted, int callsAtOnce) {
    }
}
