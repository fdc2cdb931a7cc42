package io.orderflow.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.platform.spi.Cursor;
import io.orderflow.platform.spi.DeadLetterRetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the dead letters of all groups; only Axon's queue writes them. */
@Repository
class DeadLetterRows {

    static final Cursor.Place FIRST = new Cursor.Place(Instant.EPOCH, "");

    private static final String LETTERS = """
            SELECT dl.*, (SELECT COUNT(*) FROM axon.dead_letter_entry b WHERE b.processing_group = dl.processing_group
              AND b.sequence_identifier = dl.sequence_identifier AND b.sequence_index > dl.sequence_index) AS behind,
              (SELECT MIN(h.sequence_index) FROM axon.dead_letter_entry h WHERE h.processing_group = dl.processing_group
              AND h.sequence_identifier = dl.sequence_identifier) AS head_index
            FROM axon.dead_letter_entry dl WHERE\s""";
    private static final String IS_HEAD = "NOT EXISTS (SELECT 1 FROM axon.dead_letter_entry f"
            + " WHERE f.processing_group = dl.processing_group AND f.sequence_identifier = dl.sequence_identifier"
            + " AND f.sequence_index < dl.sequence_index)";

    private final JdbcClient jdbc;
    private final Serializer serializer;
    private final ObjectMapper json;
    private final DeadLetterProperties properties;

    DeadLetterRows(JdbcClient jdbc, Serializer serializer, ObjectMapper json, DeadLetterProperties properties) {
        this.jdbc = jdbc;
        this.serializer = serializer;
        this.json = json;
        this.properties = properties;
    }

    /** The first letter of each sequence, parked longest first; the letters behind it cannot be retried before it. */
    List<DeadLetterView> heads(@Nullable String group, Cursor.Place after, int limit) {
        return jdbc.sql(LETTERS + IS_HEAD + (group == null ? "" : " AND dl.processing_group = :group")
                        + " AND (dl.enqueued_at > :at OR dl.enqueued_at = :at AND dl.dead_letter_id > :id)"
                        + " ORDER BY dl.enqueued_at, dl.dead_letter_id LIMIT :limit")
                .params(group == null ? Map.of() : Map.of("group", group))
                .param("at", DateTimeUtils.formatInstant(after.at())).param("id", after.id())
                .param("limit", limit).query(this::view).list();
    }

    Optional<DeadLetterView> find(String id) {
        return jdbc.sql(LETTERS + "dl.dead_letter_id = ?").param(id).query(this::view).optional();
    }

    Optional<DeadLetterView> head(String group, String sequence) {
        return jdbc.sql(LETTERS + IS_HEAD + " AND dl.processing_group = ? AND dl.sequence_identifier = ?")
                .params(group, sequence).query(this::view).optional();
    }

    /** The number of letters by group. */
    Map<String, Long> counts() {
        var counts = new HashMap<String, Long>();
        jdbc.sql("SELECT processing_group, COUNT(*) AS letters FROM axon.dead_letter_entry GROUP BY processing_group")
                .query(row -> {
                    counts.put(row.getString("processing_group"), row.getLong("letters"));
                });
        return counts;
    }

    private DeadLetterView view(ResultSet row, int number) throws SQLException {
        Instant parked = DateTimeUtils.parseInstant(row.getString("enqueued_at"));
        Instant touched = DateTimeUtils.parseInstant(row.getString("last_touched"));
        int retries = retries(row.getBytes("diagnostics"));
        boolean exhausted = retries >= properties.attempts();
        boolean first = row.getLong("sequence_index") == row.getLong("head_index");
        return new DeadLetterView(row.getString("dead_letter_id"), row.getString("processing_group"),
                row.getString("sequence_identifier"), row.getString("event_identifier"),
                row.getString("payload_type"), payload(row.getBytes("payload")), row.getString("cause_type"),
                row.getString("cause_message"), parked, retries == 0 ? null : touched, retries,
                exhausted || !first ? null : touched.plus(properties.delay(retries)), exhausted,
                row.getLong("behind"));
    }

    private JsonNode payload(byte[] payload) {
        try {
            return json.readTree(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int retries(byte @Nullable [] diagnostics) {
        return diagnostics == null ? 0 : DeadLetterRetry.count(serializer.deserialize(
                new SimpleSerializedObject<>(diagnostics, byte[].class, MetaData.class.getName(), null)));
    }
}
