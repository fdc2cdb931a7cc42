package io.orderflow.platform.spi;

import java.util.List;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The positions of the event processors of all nodes. Axon itself only knows the segments that this node works on. */
@Repository
public class ProcessorTokens {

    private final JdbcClient jdbc;
    private final Serializer serializer;

    ProcessorTokens(JdbcClient jdbc, Serializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    /**
     * One segment of a processor.
     *
     * @param position number of the last event handled, -1 before the first
     * @param owner    the node that works on the segment, if any does
     */
    public record Row(String processor, int segment, long position, boolean replaying, @Nullable String owner) {
    }

    /** All segments of all processors, by name and number. */
    public List<Row> all() {
        return jdbc.sql("SELECT processor_name, segment, token, token_type, owner FROM axon.token_entry"
                + " WHERE processor_name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY processor_name, segment")
                .query((row, number) -> {
                    TrackingToken token = token(row.getBytes("token"), row.getString("token_type"));
                    return new Row(row.getString("processor_name"), row.getInt("segment"), position(token),
                            ReplayToken.isReplay(token), row.getString("owner"));
                }).list();
    }

    /** Whether all segments of a processor are past an event, and none of them still waits for it to appear. */
    public boolean havePassed(String processor, long event) {
        return lowerBounds(processor).stream().allMatch(token -> position(token) >= event
                && !(token instanceof GapAwareTrackingToken gapAware && gapAware.getGaps().contains(event)));
    }

    /**
     * Whether a processor has handled all visible events up to a number, including those of slow transactions, which
     * fill gaps below its position.
     */
    public boolean haveHandledAll(String processor, long head) {
        List<TrackingToken> tokens = lowerBounds(processor);
        if (tokens.isEmpty() || tokens.stream().anyMatch(token -> position(token) < head)) {
            return false;
        }
        List<Long> gaps = tokens.stream().filter(GapAwareTrackingToken.class::isInstance)
                .flatMap(token -> ((GapAwareTrackingToken) token).getGaps().headSet(head).stream()).distinct().toList();
        return gaps.isEmpty() || jdbc.sql("SELECT COUNT(*) FROM axon.domain_event_entry WHERE global_index IN (:gaps)")
                .param("gaps", gaps).query(Long.class).single() == 0;
    }

    private List<TrackingToken> lowerBounds(String processor) {
        return jdbc.sql("SELECT token, token_type FROM axon.token_entry WHERE processor_name = ?").param(processor)
                .query((row, number) -> WrappedToken.unwrapLowerBound(
                        token(row.getBytes("token"), row.getString("token_type")))).list();
    }

    private static long position(@Nullable TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }

    private @Nullable TrackingToken token(byte @Nullable [] token, String type) {
        return token == null ? null
                : serializer.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
    }
}
