package io.orderflow.platform.store;

import io.orderflow.platform.spi.ProcessorTokens;
import java.util.List;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tokens of all processors, as they are stored. */
@Repository
class StoredTokens implements ProcessorTokens {

    private final JdbcClient jdbc;
    private final Serializer serializer;

    StoredTokens(JdbcClient jdbc, Serializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    @Override
    public List<Row> all() {
        return jdbc.sql("SELECT processor_name, segment, token, token_type, owner FROM axon.token_entry"
                + " WHERE processor_name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY processor_name, segment")
                .query((row, number) -> row(row.getString("processor_name"), row.getInt("segment"),
                        token(row.getBytes("token"), row.getString("token_type")), row.getString("owner"))).list();
    }

    @Override
    public boolean havePassed(String processor, long event) {
        return reached(processor).stream().allMatch(token -> isPast(token, event));
    }

    /** An event of a transaction that took long fills a gap below what was handled already. */
    @Override
    public boolean haveHandledAll(String processor, long head) {
        List<TrackingToken> tokens = reached(processor);
        if (tokens.isEmpty() || tokens.stream().anyMatch(token -> position(token) < head)) {
            return false;
        }
        List<Long> gaps = tokens.stream().filter(GapAwareTrackingToken.class::isInstance)
                .flatMap(token -> ((GapAwareTrackingToken) token).getGaps().headSet(head).stream()).distinct().toList();
        return gaps.isEmpty() || jdbc.sql("SELECT COUNT(*) FROM axon.domain_event_entry WHERE global_index IN (:gaps)")
                .param("gaps", gaps).query(Long.class).single() == 0;
    }

    private List<TrackingToken> reached(String processor) {
        return jdbc.sql("SELECT token, token_type FROM axon.token_entry WHERE processor_name = ?").param(processor)
                .query((row, number) -> WrappedToken.unwrapLowerBound(
                        token(row.getBytes("token"), row.getString("token_type")))).list();
    }

    private static long position(TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }

    private static boolean isPast(TrackingToken token, long event) {
        return position(token) >= event
                && !(token instanceof GapAwareTrackingToken gapAware && gapAware.getGaps().contains(event));
    }

    private static Row row(String processor, int segment, TrackingToken token, String owner) {
        return new Row(processor, segment, position(token), ReplayToken.isReplay(token), owner);
    }

    private TrackingToken token(byte[] token, String type) {
        return token == null ? null
                : serializer.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
    }
}
