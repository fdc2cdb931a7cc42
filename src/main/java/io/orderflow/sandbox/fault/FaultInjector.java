package io.orderflow.sandbox.fault;

import java.time.Duration;
import java.util.SplittableRandom;

/** Decides what goes wrong next; the same seed and the same order of requests yield the same faults. */
public final class FaultInjector {

    private FaultSettings settings;
    private SplittableRandom operations;
    private SplittableRandom lookups;
    private SplittableRandom callbacks;

    /**
     * The faults of one request.
     *
     * @param before in place of the execution
     * @param twice  executed twice at the same moment, as by a retrying proxy
     * @param answer in the delivery of the answer
     */
    public record RequestFaults(Fault before, boolean twice, Fault answer) { }

    /** The faults of one callback. */
    public record CallbackFaults(boolean lost, boolean doubled, boolean overtaken, Duration delay,
                                 Duration delayOfCopy) { }

    public FaultInjector() {
        apply(FaultSettings.NONE);
    }

    public synchronized void apply(FaultSettings newSettings) {
        settings = newSettings;
        var seed = new SplittableRandom(newSettings.seed());
        // Each kind of traffic has a generator of its own, so that one does not disturb the other.
        operations = seed.split();
        lookups = seed.split();
        callbacks = seed.split();
    }

    public synchronized FaultSettings settings() {
        return settings;
    }

    public synchronized RequestFaults onOperation() {
        return next(operations);
    }

    public synchronized RequestFaults onLookup() {
        return next(lookups);
    }

    public synchronized CallbackFaults onCallback() {
        var odds = settings.callbacks();
        return new CallbackFaults(hits(callbacks, odds.lose()), hits(callbacks, odds.twice()),
                hits(callbacks, odds.reorder()), delay(odds.delayAtMost()), delay(odds.delayAtMost()));
    }

    private RequestFaults next(SplittableRandom random) {
        // All are drawn every time, so that a hit does not change the next request.
        var twice = hits(random, settings.duplicateAnswers());
        var dropped = hits(random, settings.dropAnswers());
        var error = hits(random, settings.serverErrors());
        var errorBefore = random.nextBoolean();
        var stalled = hits(random, settings.stalls());
        var malformed = hits(random, settings.malformedAnswers());
        var huge = hits(random, settings.hugeAnswers());
        var answer = dropped ? Fault.DROP : error ? Fault.SERVER_ERROR : stalled ? Fault.SILENCE
                : malformed ? Fault.MALFORMED : huge ? Fault.HUGE : Fault.NONE;
        var before = settings.outage() ? Fault.DROP
                : answer == Fault.SERVER_ERROR && errorBefore ? Fault.SERVER_ERROR : Fault.NONE;
        return new RequestFaults(before, twice, answer);
    }

    private Duration delay(Duration atMost) {
        return Duration.ofMillis(callbacks.nextLong(atMost.toMillis() + 1));
    }

    private static boolean hits(SplittableRandom random, double probability) {
        return random.nextDouble() < probability;
    }
}
