package io.orderflow.operations;

import java.util.List;
import java.util.OptionalLong;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far the processors of all nodes have come, as their tokens say: a node itself knows only what it has claimed. */
@Repository
class Tokens {

    private final JdbcClient jdbc;
    private final Serializer serializer;

    Tokens(JdbcClient jdbc, Serializer serializer) {
        this.jdbc = jdbc;
        this.serializer = serializer;
    }

    /**
     * @param position number of the last event handled, -1 before the first
     * @param owner    the node that works on the segment; null while none does
     */
    record Row(String processor, int segment, long position, boolean replaying, String owner) {
    }

    List<Row> all() {
        return jdbc.sql("SELECT processor_name, segment, token, token_type, owner FROM axon.token_entry"
                + " WHERE processor_name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY processor_name, segment")
                .query((row, number) -> row(row.getString("processor_name"), row.getInt("segment"),
                        token(row.getBytes("token"), row.getString("token_type")), row.getString("owner"))).list();
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
