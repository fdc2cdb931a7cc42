package io.orderflow.platform.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The progress or the result of a replay.
 *
 * @param id            identity of the replay, {@code rpl_…}
 * @param eventsHandled number of events handled so far
 * @param position      number of the last event handled, -1 before the first
 * @param head          number of the last event in the store, -1 when there is none; numbers before it can be missing
 * @param percentage    progress; 100 only when completed
 * @param startedAt     UTC
 * @param finishedAt    UTC, once completed or failed
 * @param rowsDiffered  by table, rows that were wrong, missing or too many; once completed
 * @param parked        events that the projection refused and the later ones of their sequences, which are dead letters
 *                      now; once completed
 * @param failure       why the replay failed and changed nothing
 */
record ReplayView(String id, String processor, Status status, long eventsHandled, long position, long head,
        int percentage, Instant startedAt, @Nullable Instant finishedAt, @Nullable Map<String, Long> rowsDiffered,
        @Nullable Long parked, @Nullable String failure) {

    /** The phase of a replay. */
    enum Status {
        /** Shadow tables are filled; the projection keeps working. */
        @JsonProperty("running") RUNNING,
        /** The projection's processor is stopped and rows that differ are replaced; reads are answered. */
        @JsonProperty("switching") SWITCHING,
        @JsonProperty("completed") COMPLETED,
        @JsonProperty("failed") FAILED
    }
}
