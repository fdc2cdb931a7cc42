package io.orderflow.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Duration;

/** What may go wrong, and how likely; the names are those of the control endpoint. */
record Control(long seed, double dropAnswers, double duplicateAnswers, double serverErrors, double stalls,
               double malformedAnswers, double hugeAnswers, boolean outage, Callbacks callbacks) {

    static final Control PEACE = new Control(0, 0, 0, 0, 0, 0, 0, false, null);

    Control {
        requireProbability("drop_answers", dropAnswers);
        requireProbability("duplicate_answers", duplicateAnswers);
        requireProbability("server_errors", serverErrors);
        requireProbability("stalls", stalls);
        requireProbability("malformed_answers", malformedAnswers);
        requireProbability("huge_answers", hugeAnswers);
        callbacks = callbacks == null ? new Callbacks(0, 0, 0, Duration.ZERO) : callbacks;
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1");
        }
    }

    /** What may become of a callback on its way. */
    record Callbacks(double lose, @JsonProperty("double") double twice, double reorder, Duration delayAtMost) {

        private static final Duration LONGEST_DELAY = Duration.ofHours(1);

        Callbacks {
            requireProbability("callbacks.lose", lose);
            requireProbability("callbacks.double", twice);
            requireProbability("callbacks.reorder", reorder);
            delayAtMost = delayAtMost == null ? Duration.ZERO : delayAtMost;
            if (delayAtMost.isNegative() || delayAtMost.compareTo(LONGEST_DELAY) > 0) {
                throw new IllegalArgumentException("callbacks.delay_at_most must be between PT0S and " + LONGEST_DELAY);
            }
        }
    }
}
