package io.orderflow.operations;

import java.time.Instant;
import java.util.List;

/**
 * An event processor as operators see it.
 *
 * @param running   whether it runs on the node that answers
 * @param pausedAt  when an operator has paused it, UTC; null when none has
 * @param head      number of the last event that is stored, -1 when there is none
 * @param lag       how many event numbers its slowest segment is behind the head; numbers that a crash left out count
 * @param replaying whether it handles again what it handled before
 * @param caughtUp  whether nothing is left to handle
 * @param parked    how many events it could not handle or has put behind such a one: they are dead letters
 * @param error     why it does not get on, null when it does
 */
record ProcessorView(String name, boolean running, Instant pausedAt, long head, long lag, boolean replaying,
        boolean caughtUp, long parked, String error, List<Segment> segments) {

    /**
     * A part of the events that is handled in order; others are handled at the same time.
     *
     * @param position number of the last event handled, -1 before the first
     * @param node     that works on it, null while none does
     * @param error    null also when another node works on it: only that one knows
     */
    record Segment(int segment, long position, long lag, boolean replaying, boolean caughtUp, String node,
            String error) {
    }
}
