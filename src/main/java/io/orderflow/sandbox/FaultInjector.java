package io.orderflow.sandbox;

import java.time.Duration;
import java.util.SplittableRandom;

/** Decides what goes wrong next; the same seed and the same order of events go wrong in the same way. */
final class FaultInjector {

    private Control control;
    private SplittableRandom operations;
    private SplittableRandom lookups;
    private SplittableRandom callbacks;

    FaultInjector() {
        obey(Control.PEACE);
    }

    synchronized void obey(Control newControl) {
        control = newControl;
        var seed = new SplittableRandom(newControl.seed());
        // Each kind of traffic has its dice, so that one does not disturb the other.
        operations = seed.split();
        lookups = seed.split();
        callbacks = seed.split();
    }

    synchronized Control control() {
        return control;
    }

    synchronized InjectedFault onOperation() {
        return mischief(operations);
    }

    synchronized InjectedFault onLookup() {
        return mischief(lookups);
    }

    synchronized CallbackMischief onCallback() {
        var odds = control.callbacks();
        var lost = hits(callbacks, odds.lose());
        var doubled = hits(callbacks, odds.twice());
        var overtaken = hits(callbacks, odds.reorder());
        return new CallbackMischief(lost, doubled, overtaken, delay(odds), delay(odds));
    }

    private InjectedFault mischief(SplittableRandom dice) {
        // All are thrown every time: whether one hits says nothing about the next request.
        var twice = hits(dice, control.duplicateAnswers());
        var dropped = hits(dice, control.dropAnswers());
        var error = hits(dice, control.serverErrors());
        var beforehand = dice.nextBoolean();
        var stalled = hits(dice, control.stalls());
        var malformed = hits(dice, control.malformedAnswers());
        var huge = hits(dice, control.hugeAnswers());
        var answer = dropped ? Fault.DROP : error ? Fault.SERVER_ERROR : stalled ? Fault.SILENCE
                : malformed ? Fault.MALFORMED : huge ? Fault.HUGE : Fault.NONE;
        return new InjectedFault(control.outage(), answer == Fault.SERVER_ERROR && beforehand, twice, answer);
    }

    private Duration delay(Control.Callbacks odds) {
        return Duration.ofMillis(callbacks.nextLong(odds.delayAtMost().toMillis() + 1));
    }

    private static boolean hits(SplittableRandom dice, double probability) {
        return dice.nextDouble() < probability;
    }

    /**
     * What goes wrong with one request.
     *
     * @param outage      nothing is done or said
     * @param failsBefore an error instead of doing anything
     * @param twice       done twice at the same moment, as by a proxy that tries again
     * @param answer      what becomes of the answer
     */
    record InjectedFault(boolean outage, boolean failsBefore, boolean twice, Fault answer) { }

    /** What goes wrong with one callback; the second delay is that of the copy. */
    record CallbackMischief(boolean lost, boolean doubled, boolean overtaken, Duration delay, Duration copyDelay) { }
}
