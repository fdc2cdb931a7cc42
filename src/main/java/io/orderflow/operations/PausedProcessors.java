package io.orderflow.operations;

import static io.orderflow.shared.StoredInstant.instant;
import static io.orderflow.shared.StoredInstant.utc;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which processors operators have paused: every node keeps to it, also after a restart. */
@Repository
class PausedProcessors {

    private final JdbcClient jdbc;
    private final Clock clock;

    PausedProcessors(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Since when, UTC, by name. */
    Map<String, Instant> all() {
        return jdbc.sql("SELECT name, paused_at FROM operations.paused_processor")
                .query((row, number) -> Map.entry(row.getString("name"),
                        instant(row, "paused_at"))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void add(String name) {
        jdbc.sql("INSERT INTO operations.paused_processor (name, paused_at) SELECT :name, :at"
                + " WHERE NOT EXISTS (SELECT 1 FROM operations.paused_processor WHERE name = :name)")
                .param("name", name).param("at", utc(clock.instant())).update();
    }

    void remove(String name) {
        jdbc.sql("DELETE FROM operations.paused_processor WHERE name = ?").param(name).update();
    }
}
