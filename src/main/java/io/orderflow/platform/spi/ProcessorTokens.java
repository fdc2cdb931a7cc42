package io.orderflow.platform.spi;

import java.util.List;

/** How far the event processors of all nodes have come: a node itself knows only of the segments that it works on. */
public interface ProcessorTokens {

    /** Every segment of every processor, by name and number. */
    List<Row> all();

    /** Whether all segments of a processor are past an event, and none of them still waits for it to appear. */
    boolean havePassed(String processor, long event);

    /** Whether a processor has handled all events up to a number that can be seen, also those that came late. */
    boolean haveHandledAll(String processor, long head);

    /**
     * One segment.
     *
     * @param position number of the last event handled, -1 before the first
     * @param owner    the node that works on the segment; null while none does
     */
    record Row(String processor, int segment, long position, boolean replaying, String owner) {
    }
}
