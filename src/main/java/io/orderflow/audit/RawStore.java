package io.orderflow.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The tables as they stand at one moment: nothing is read by way of the application's own code. */
final class RawStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FETCH = 1000;

    private final Connection snapshot;

    /** @param snapshot a read-only transaction that sees one moment */
    RawStore(Connection snapshot) {
        this.snapshot = snapshot;
    }

    /** Something that is to be done later. */
    record Task(String name, Instant due) {
    }

    void forEachEvent(Consumer<StoredFact> reader, LongConsumer progress) throws SQLException {
        long read = 0;
        try (var statement = snapshot.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery("SELECT global_index, aggregate_identifier, sequence_number,"
                    + " time_stamp, payload_type, payload FROM axon.domain_event_entry ORDER BY global_index")) {
                while (rows.next()) {
                    reader.accept(new StoredFact(rows.getLong(1), rows.getString(2), rows.getLong(3),
                            rows.getString(4), rows.getString(5), json(rows.getBytes(6))));
                    progress.accept(++read);
                }
            }
        }
    }

    long countEvents() throws SQLException {
        try (var statement = snapshot.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM axon.domain_event_entry")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The furthest segment of each processor; this application has one segment each unless an operator splits it. */
    Map<String, Position> positions() throws SQLException {
        Map<String, Position> positions = new HashMap<>();
        each("SELECT processor_name, token FROM axon.token_entry ORDER BY processor_name, segment", row ->
                positions.merge(row.getString(1), Position.of(json(row.getBytes(2))), (first, second) ->
                        first.index() <= second.index() ? first : second));
        return positions;
    }

    /** What each processing group has parked: its events by their keys, and the sequences they are in. */
    Map<String, Parked> parked() throws SQLException {
        Map<String, Parked> parked = new HashMap<>();
        each("SELECT processing_group, sequence_identifier, aggregate_identifier, sequence_number"
                + " FROM axon.dead_letter_entry", row -> {
            var group = parked.computeIfAbsent(row.getString(1), first -> new Parked(new HashSet<>(), new HashSet<>()));
            group.sequences().add(row.getString(2));
            group.events().add(StoredFact.key(row.getString(3), row.getLong(4)));
        });
        return parked;
    }

    /** Events that a group could not handle, and those that wait behind them. */
    record Parked(Set<String> sequences, Set<String> events) {

        static final Parked NOTHING = new Parked(Set.of(), Set.of());
    }

    /** The sagas of orders that have not ended, by order: under which id their next deadline is scheduled, or null. */
    Map<String, String> fulfillments() throws SQLException {
        Map<String, String> deadlines = new HashMap<>();
        each("SELECT order_id, deadline_id FROM fulfillment.saga WHERE saga_type = 'fulfillment.OrderFulfillment'", row ->
                deadlines.put(row.getString(1), row.getString(2)));
        return deadlines;
    }

    /** By their ids. */
    Map<String, Task> tasks() throws SQLException {
        Map<String, Task> tasks = new HashMap<>();
        each("SELECT task_instance, task_name, execution_time FROM axon.scheduled_tasks", row ->
                tasks.put(row.getString(1), new Task(row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant())));
        return tasks;
    }

    /** What was answered to requests that took effect: the type of the answer, and the answer. */
    void forEachAnswer(AnswerReader reader) throws SQLException {
        each("SELECT result_type, result FROM platform.idempotency_record WHERE result_type IS NOT NULL", row ->
                reader.read(row.getString(1), json(row.getBytes(2))));
    }

    /** Takes the answer of one request. */
    interface AnswerReader {

        void read(String type, JsonNode answer);
    }

    private interface RowReader {

        void read(ResultSet row) throws SQLException;
    }

    private void each(String query, RowReader reader) throws SQLException {
        try (var statement = snapshot.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private static JsonNode json(byte[] stored) {
        try {
            return stored == null ? null : JSON.readTree(stored);
        } catch (IOException e) {
            throw new IllegalStateException("The store holds something that is no JSON", e);
        }
    }
}
