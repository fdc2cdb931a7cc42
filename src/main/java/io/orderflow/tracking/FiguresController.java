package io.orderflow.tracking;

import static io.orderflow.platform.spi.StoredInstant.instant;
import static io.orderflow.platform.spi.StoredInstant.utc;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Outcomes of orders per minute, from the timelines, for plots. */
@RestController
@RequestMapping("/v1/operations/figures")
class FiguresController {

    /** The first entry of a timeline has the time at which the order was placed. */
    private static final String PER_MINUTE = """
            SELECT DATE_TRUNC('minute', e.at) AS started,
                COUNT(*) FILTER (WHERE e.fact = 'OrderPlaced') AS placed,
                COUNT(*) FILTER (WHERE e.fact = 'OrderConfirmed') AS confirmed,
                COUNT(*) FILTER (WHERE e.fact = 'OrderCompleted') AS completed,
                COUNT(*) FILTER (WHERE e.fact = 'OrderRejected') AS rejected,
                COUNT(*) FILTER (WHERE e.fact = 'OrderCancelled') AS cancelled,
                PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM (e.at - p.at)))
                    FILTER (WHERE e.fact = 'OrderConfirmed') AS p50,
                PERCENTILE_DISC(0.95) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM (e.at - p.at)))
                    FILTER (WHERE e.fact = 'OrderConfirmed') AS p95
            FROM tracking.timeline_entry e JOIN tracking.timeline_entry p ON p.order_id = e.order_id AND p.id = 1
            WHERE e.fact IN ('OrderPlaced', 'OrderConfirmed', 'OrderCompleted', 'OrderRejected', 'OrderCancelled')
                AND e.at >= ? GROUP BY DATE_TRUNC('minute', e.at)""";

    private final JdbcClient jdbc;
    private final Clock clock;

    FiguresController(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param minutes oldest first and without gaps; the last one is not over yet */
    record Figures(List<Minute> minutes) {
    }

    /**
     * Outcomes of orders in one minute.
     *
     * @param minute           its first instant, UTC
     * @param confirmMillisP50 median time from placing to confirmation, or null when no order was confirmed
     * @param confirmMillisP95 95th percentile of that time
     */
    record Minute(Instant minute, long placed, long confirmed, long completed, long rejected, long cancelled,
            @Nullable Long confirmMillisP50, @Nullable Long confirmMillisP95) {
    }

    @GetMapping
    Figures show(@RequestParam(defaultValue = "30") @Min(1) @Max(120) int minutes) {
        Instant first = clock.instant().truncatedTo(ChronoUnit.MINUTES).minus(minutes - 1L, ChronoUnit.MINUTES);
        Map<Instant, Minute> found = jdbc.sql(PER_MINUTE).param(utc(first)).query((row, number) -> minute(row)).stream()
                .collect(Collectors.toMap(Minute::minute, Function.identity()));
        return new Figures(Stream.iterate(first, minute -> minute.plus(1, ChronoUnit.MINUTES)).limit(minutes)
                .map(minute -> found.getOrDefault(minute, new Minute(minute, 0, 0, 0, 0, 0, null, null))).toList());
    }

    private static Minute minute(ResultSet row) throws SQLException {
        return new Minute(instant(row, "started"), row.getLong("placed"), row.getLong("confirmed"),
                row.getLong("completed"), row.getLong("rejected"), row.getLong("cancelled"),
                millis(row.getBigDecimal("p50")), millis(row.getBigDecimal("p95")));
    }

    private static @Nullable Long millis(@Nullable BigDecimal seconds) {
        return seconds == null ? null : seconds.movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValue();
    }
}
