package io.orderflow.payment.gateway;

import java.time.Duration;

/** The gateway was not called: its breaker is open, its bulkhead is full, or it accepts no calls of ours. */
public final class GatewayBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    public GatewayBusyException(Duration retryAfter, String message) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
