package io.orderflow.payment.gateway;

import java.time.Duration;

/** The gateway was not asked: it is resting after failures, or enough calls are under way. Nothing has happened. */
public final class GatewayBusyException extends RuntimeException {

    private final transient Duration wait;

    public GatewayBusyException(Duration wait, RuntimeException cause) {
        super(cause.getMessage(), cause);
        this.wait = wait;
    }

    /** After how long it makes sense to try. */
    public Duration untilNextTry() {
        return wait;
    }
}
