package io.orderflow.operations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * State of an event processor.
 *
 * @param running   whether it runs on the node that answers
 * @param pausedAt  when an operator paused it, UTC
 * @param head      global index of the last stored event, -1 when there is none
 * @param lag       events that the slowest segment has still to handle; includes unused indexes
 * @param replaying whether it handles events again
 * @param caughtUp  whether all events are handled
 * @param parked    number of its dead letters
 * @param error     why the last batch of a segment failed
 */
record ProcessorView(String name, boolean running, @Nullable Instant pausedAt, long head, long lag,
        boolean replaying, boolean caughtUp, long parked, @Nullable String error, List<Segment> segments) {

    /**
     * A part of the events that is handled in order, concurrently to the other segments.
     *
     * @param position global index of the last handled event, -1 before the first
     * @param node     the node that has claimed the segment
     * @param error    why its last batch failed; known only to the node that has claimed it
     */
    record Segment(int segment, long position, long lag, boolean replaying, boolean caughtUp, @Nullable String node,
            @Nullable String error) {
    }
}
