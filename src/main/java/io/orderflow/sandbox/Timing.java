package io.orderflow.sandbox;

import java.time.Duration;
import java.time.Instant;

/**
 * How long things take.
 *
 * @param slowAnswer    until a slow answer comes
 * @param silence       how long a connection without an answer is held
 * @param pending       until the bank decides what it left open
 * @param challenge     how long the customer may take to answer
 * @param captureWithin how long an authorization holds
 * @param shortCapture  how long it holds under a token that expires
 */
record Timing(Duration slowAnswer, Duration silence, Duration pending, Duration challenge, Duration captureWithin,
              Duration shortCapture) {

    static final Timing DEFAULT = new Timing(Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofSeconds(10),
            Duration.ofMinutes(15), Duration.ofDays(7), Duration.ofSeconds(3));

    /** When an open operation settles by itself; null for one that is settled. */
    Instant due(Fact fact, Instant at) {
        return switch (fact) {
            case CHALLENGED -> at.plus(challenge);
            case PENDING -> at.plus(pending);
            default -> null;
        };
    }

    /** Until when money can be captured; null where there is none to capture. */
    Instant captureBefore(Fact fact, Script script, Instant at) {
        return fact == Fact.AUTHORIZED ? at.plus(script.shortLived() ? shortCapture : captureWithin) : null;
    }
}
