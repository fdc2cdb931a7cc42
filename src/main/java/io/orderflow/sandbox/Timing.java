package io.orderflow.sandbox;

import java.time.Duration;

/** How slow a slow answer is, and how long a connection without an answer is held. */
record Timing(Duration slowAnswer, Duration silence) {

    static final Timing DEFAULT = new Timing(Duration.ofSeconds(3), Duration.ofSeconds(30));
}
