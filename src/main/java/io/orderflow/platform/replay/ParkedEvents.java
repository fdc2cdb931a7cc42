package io.orderflow.platform.replay;

import io.orderflow.shared.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** The dead letters of one group, to be replaced by those of its rebuild. */
final class ParkedEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ParkedEvents.class);
    /** After this, Axon takes whoever was retrying a letter for dead. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final String group;
    private final DeadLetterSchema schema;
    private final JdbcTemplate live;
    private final Clock clock;

    ParkedEvents(String group, DeadLetterSchema schema, JdbcTemplate live, Clock clock) {
        this.group = group;
        this.schema = schema;
        this.live = live;
        this.clock = clock;
    }

    /**
     * Locks the letters: whoever retries one from now on waits until the transaction has ended, and finds it gone.
     *
     * @throws Refusal when one is being retried already, which writes to the projection meanwhile
     */
    void lock() {
        List<String> retries = live.queryForList("SELECT %s FROM %s WHERE %s = ? FOR UPDATE".formatted(
                schema.processingStartedColumn(), schema.deadLetterTable(), schema.processingGroupColumn()),
                String.class, group);
        var since = clock.instant().minus(CLAIM);
        if (retries.stream().anyMatch(at -> at != null && DateTimeUtils.parseInstant(at).isAfter(since))) {
            throw new Refusal(Refusal.Kind.CONFLICT, "dead_letter_retried",
                    "A dead letter of '%s' is being retried at this moment; replay it again.".formatted(group));
        }
    }

    /** @return how many there are now; those that were not parked before are logged with their cause */
    long replaceBy(ShadowTables scratch) {
        Set<String> before = Set.copyOf(live.queryForList("SELECT %s FROM %s WHERE %s = ?".formatted(
                schema.eventIdentifierColumn(), schema.deadLetterTable(), schema.processingGroupColumn()), String.class,
                group));
        live.update("DELETE FROM %s WHERE %s = ?".formatted(schema.deadLetterTable(), schema.processingGroupColumn()),
                group);
        var letters = KeyedTable.of(scratch.jdbc(), schema.deadLetterTable());
        letters.forEachPage(scratch.jdbc(), page -> letters.insert(live, page));
        live.query("SELECT %s, %s, %s, %s, %s FROM %s WHERE %s = ? AND %s IS NOT NULL".formatted(
                schema.payloadTypeColumn(), schema.eventIdentifierColumn(), schema.sequenceIdentifierColumn(),
                schema.causeTypeColumn(), schema.causeMessageColumn(), schema.deadLetterTable(),
                schema.processingGroupColumn(), schema.causeTypeColumn()), letter -> {
                    if (!before.contains(letter.getString(2))) {
                        LOG.warn("{} could not handle {} {} of {} again, which is parked with all that follow it there: {}: {}",
                                group, letter.getString(1), letter.getString(2), letter.getString(3),
                                letter.getString(4), letter.getString(5).replaceAll("\\s+", " "));
                    }
                }, group);
        return letters.count(scratch.jdbc());
    }
}
