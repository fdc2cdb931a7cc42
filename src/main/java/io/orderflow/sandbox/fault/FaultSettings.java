package io.orderflow.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/** The probabilities of faults, named as at the control endpoint; a field that is absent there is no fault. */
public record FaultSettings(long seed, double dropAnswers, double duplicateAnswers, double serverErrors, double stalls,
                     double malformedAnswers, double hugeAnswers, boolean outage, Callbacks callbacks) {

    public static final FaultSettings NONE = new FaultSettings(0, 0, 0, 0, 0, 0, 0, false, Callbacks.NONE);

    public FaultSettings {
        requireProbability("drop_answers", dropAnswers);
        requireProbability("duplicate_answers", duplicateAnswers);
        requireProbability("server_errors", serverErrors);
        requireProbability("stalls", stalls);
        requireProbability("malformed_answers", malformedAnswers);
        requireProbability("huge_answers", hugeAnswers);
        callbacks = callbacks == null ? Callbacks.NONE : callbacks;
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1");
        }
    }

    /** Those of callbacks. */
    record Callbacks(double lose, @JsonProperty("double") double twice, double reorder,
                     Duration delayAtMost) {

        private static final Duration LONGEST_DELAY = Duration.ofHours(1);
        private static final Callbacks NONE = new Callbacks(0, 0, 0, Duration.ZERO);

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
