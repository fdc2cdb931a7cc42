package io.orderflow.tracking;

import static io.orderflow.shared.StoredInstant.instant;
import static io.orderflow.shared.StoredInstant.utc;

import io.orderflow.tracking.FiguresController.Minute;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts what the timelines tell. */
@Repository
class FigureRows {

    private static final String PLACED = "OrderPlaced";
    private static final String CONFIRMED = "OrderConfirmed";
    private static final String COMPLETED = "OrderCompleted";
    private static final String REJECTED = "OrderRejected";
    private static final String CANCELLED = "OrderCancelled";
    private static final List<String> OUTCOMES = List.of(PLACED, CONFIRMED, COMPLETED, REJECTED, CANCELLED);

    private final JdbcClient jdbc;

    FigureRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Waits(long p50, long p95) {
    }

    List<Minute> since(Instant first, int minutes) {
        Map<Instant, Map<String, Long>> counts = counts(first);
        Map<Instant, Waits> waits = waits(first);
        return IntStream.range(0, minutes).mapToObj(minute -> first.plus(minute, ChronoUnit.MINUTES))
                .map(at -> minute(at, counts.getOrDefault(at, Map.of()), waits.get(at))).toList();
    }

    private static Minute minute(Instant at, Map<String, Long> counts, Waits waits) {
        return new Minute(at, counts.getOrDefault(PLACED, 0L), counts.getOrDefault(CONFIRMED, 0L),
                counts.getOrDefault(COMPLETED, 0L), counts.getOrDefault(REJECTED, 0L),
                counts.getOrDefault(CANCELLED, 0L), waits == null ? null : waits.p50(),
                waits == null ? null : waits.p95());
    }

    private Map<Instant, Map<String, Long>> counts(Instant first) {
        Map<Instant, Map<String, Long>> counts = new HashMap<>();
        jdbc.sql("""
                SELECT DATE_TRUNC('minute', at) AS started, fact, COUNT(*) AS orders FROM tracking.timeline_entry
                WHERE fact IN (:facts) AND at >= :first GROUP BY DATE_TRUNC('minute', at), fact""")
                .param("facts", OUTCOMES).param("first", utc(first))
                .query(row -> {
                    counts.computeIfAbsent(minute(row), at -> new HashMap<>())
                            .put(row.getString("fact"), row.getLong("orders"));
                });
        return counts;
    }

    /** The first entry of an order tells when it was placed. */
    private Map<Instant, Waits> waits(Instant first) {
        Map<Instant, Waits> waits = new HashMap<>();
        jdbc.sql("""
                SELECT started, PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY seconds) AS p50,
                    PERCENTILE_DISC(0.95) WITHIN GROUP (ORDER BY seconds) AS p95
                FROM (SELECT DATE_TRUNC('minute', c.at) AS started, EXTRACT(EPOCH FROM (c.at - p.at)) AS seconds
                    FROM tracking.timeline_entry c JOIN tracking.timeline_entry p ON p.order_id = c.order_id AND p.id = 1
                    WHERE c.fact = :confirmed AND c.at >= :first) AS confirmed GROUP BY started""")
                .param("confirmed", CONFIRMED).param("first", utc(first))
                .query(row -> {
                    waits.put(minute(row), new Waits(millis(row, "p50"), millis(row, "p95")));
                });
        return waits;
    }

    private static Instant minute(ResultSet row) throws SQLException {
        return instant(row, "started");
    }

    private static long millis(ResultSet row, String column) throws SQLException {
        return Math.round(row.getDouble(column) * 1000);
    }
}
