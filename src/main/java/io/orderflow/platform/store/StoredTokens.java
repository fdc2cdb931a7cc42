package io.orderflow.platform.store;

import io.orderflow.platform.spi.ProcessorTokens;
import java.util.List;
import java.util.OptionalLong;
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
        return jdbc.sql("SELECT token, token_type FROM axon.token_entry WHERE processor_name = ?").param(processor)
                .query((row, number) -> WrappedToken.unwrapLowerBound(
                        token(row.getBytes("token"), row.getString("token_type"))))
                .list().stream().allMatch(token -> isPast(token, event));
    }

    private static boolean isPast(TrackingToken token, long event) {
        return token != null && token.position().orElse(-1) >= event
                && !(token instanceof GapAwareTrackingToken gapAware && gapAware.getGaps().contains(event));
    }

    private static Row row(String processor, int segment, TrackingToken token, String owner) {
        OptionalLong position = token == null ? OptionalLong.empty() : token.position();
        return new Row(processor, segment, position.orElse(-1), ReplayToken.isReplay(token), owner);
    }

    private TrackingToken token(byte[] token, String type) {
        return token == null ? null
                : serializer.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
    }
}
