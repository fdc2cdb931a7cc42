package io.orderflow.platform.replay;

import io.orderflow.platform.replay.Projections.Projection;
import io.orderflow.platform.spi.Rebuilt;
import io.orderflow.shared.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Replaces the rows, the token and the dead letters of a projection by those of its replay, in one transaction. */
final class Cutover {

    private static final Logger LOG = LoggerFactory.getLogger(Cutover.class);
    private static final String DEAD_LETTERS = "axon.dead_letter_entry";
    private static final String OF_GROUP = " FROM " + DEAD_LETTERS + " WHERE processing_group = ?";
    /** After this time, Axon considers the retry of a dead letter as failed. */
    private static final Duration CLAIM = Duration.ofSeconds(30);

    private final Projection projection;
    private final StreamingEventProcessor processor;
    private final TokenStore tokens;
    private final JdbcTemplate live;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /** @param processor the projection's, which has to be stopped */
    Cutover(Projection projection, StreamingEventProcessor processor, TokenStore tokens, JdbcTemplate live,
            TransactionTemplate transaction, Clock clock) {
        this.projection = projection;
        this.processor = processor;
        this.tokens = tokens;
        this.live = live;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * What a replay has found.
     *
     * @param rowsDiffered by table
     * @param parked       events that the projection refused, and the later ones of their sequences
     */
    record Outcome(Map<String, Long> rowsDiffered, long parked) {
    }

    /** @param token the position of the shadow tables */
    Outcome replaceBy(JdbcTemplate shadow, TrackingToken token) {
        return transaction.execute(open -> {
            claimTokens();
            requireStopped();
            lockDeadLetters();
            Map<String, Long> differing = new LinkedHashMap<>();
            for (String name : projection.tables()) {
                differing.put(name, new TableDifference(new KeyedTable(shadow, name), live, shadow).settle());
            }
            if (projection.handlers() instanceof Rebuilt rebuilt) {
                rebuilt.onRebuilt();
            }
            for (int segment : tokens.fetchSegments(projection.name())) {
                tokens.storeToken(token, projection.name(), segment);
                tokens.releaseClaim(projection.name(), segment);
            }
            return new Outcome(differing, replaceDeadLetters(shadow));
        });
    }

    /** Locks the tokens: a processor that starts now, on any node, waits for the end of the transaction. */
    private void claimTokens() {
        for (int segment : tokens.fetchSegments(projection.name())) {
            tokens.fetchToken(projection.name(), segment);
        }
    }

    private void requireStopped() {
        if (processor.isRunning()) {
            throw new Refusal(Refusal.Kind.CONFLICT, "processor_running",
                    "The processor '%s' was started during the replay.".formatted(projection.name()));
        }
    }

    /** A retry that begins now waits for the end of the transaction and finds its letter gone. */
    private void lockDeadLetters() {
        var since = clock.instant().minus(CLAIM);
        List<String> retries = live.queryForList("SELECT processing_started" + OF_GROUP + " FOR UPDATE", String.class,
                projection.name());
        if (retries.stream().anyMatch(at -> at != null && DateTimeUtils.parseInstant(at).isAfter(since))) {
            throw new Refusal(Refusal.Kind.CONFLICT, "dead_letter_retried",
                    "A dead letter of '%s' is being retried and writes to the projection; start the replay again."
                            .formatted(projection.name()));
        }
    }

    /** @return how many there are now; those that were not parked before are logged with their cause */
    private long replaceDeadLetters(JdbcTemplate shadow) {
        Set<String> before = Set.copyOf(live.queryForList("SELECT event_identifier" + OF_GROUP, String.class,
                projection.name()));
        live.update("DELETE" + OF_GROUP, projection.name());
        var letters = new KeyedTable(shadow, DEAD_LETTERS);
        letters.forEachPage(shadow, page -> letters.insert(live, page));
        live.query("SELECT payload_type, event_identifier, sequence_identifier, cause_type, cause_message" + OF_GROUP
                + " AND cause_type IS NOT NULL", letter -> {
                    if (!before.contains(letter.getString("event_identifier"))) {
                        LOG.warn("The replay of {} could not handle {} {} of {}; it is parked with all later events of"
                                + " its sequence: {}: {}", projection.name(), letter.getString("payload_type"),
                                letter.getString("event_identifier"), letter.getString("sequence_identifier"),
                                letter.getString("cause_type"),
                                letter.getString("cause_message").replaceAll("\\s+", " "));
                    }
                }, projection.name());
        return letters.count(shadow);
    }
}
