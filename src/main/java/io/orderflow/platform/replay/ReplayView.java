package io.orderflow.platform.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;

/**
 * A replay as operators see it.
 *
 * @param id            identity of the replay, {@code rpl_…}
 * @param eventsHandled how many events were read from the store so far
 * @param position      number of the last of them, -1 before the first
 * @param head          number of the last event in the store, -1 when there is none; numbers can be missing before it
 * @param percentage    how much of the way is done; 100 only when all is
 * @param startedAt     UTC
 * @param finishedAt    UTC, null while it goes on
 * @param rowsDiffered  by table, rows that were wrong, missing or too many until the switch; null before it
 * @param parked        events that the projection refused, and those behind them: they are dead letters now; null
 *                      before the switch
 * @param failure       why it ended early and changed nothing, null unless it did
 */
record ReplayView(String id, String processor, Status status, long eventsHandled, long position, long head,
        int percentage, Instant startedAt, Instant finishedAt, Map<String, Long> rowsDiffered, Long parked,
        String failure) {

    /** Where a replay stands. */
    enum Status {
        /** It builds beside; the projection goes on as ever. */
        @JsonProperty("running") RUNNING,
        /** The projection is read as ever and not written: what was built takes its place. */
        @JsonProperty("switching") SWITCHING,
        @JsonProperty("completed") COMPLETED,
        @JsonProperty("failed") FAILED
    }
}
