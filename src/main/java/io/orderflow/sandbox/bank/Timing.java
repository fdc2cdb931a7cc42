package io.orderflow.sandbox.bank;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long operations stay open, and authorizations valid.
 *
 * @param pending       until a pending operation settles
 * @param challenge     how long the customer may take to authenticate
 * @param captureWithin how long an authorization can be captured
 * @param shortCapture  the same for a token that expires soon
 */
public record Timing(Duration pending, Duration challenge, Duration captureWithin, Duration shortCapture) {

    @Nullable Instant due(Fact fact, Instant at) {
        return switch (fact) {
            case CHALLENGED -> at.plus(challenge);
            case PENDING -> at.plus(pending);
            default -> null;
        };
    }

    @Nullable Instant captureBefore(Fact fact, Scenario scenario, Instant at) {
        return fact == Fact.AUTHORIZED ? at.plus(scenario.expiresSoon() ? shortCapture : captureWithin) : null;
    }
}
