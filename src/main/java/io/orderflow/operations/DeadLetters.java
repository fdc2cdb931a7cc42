package io.orderflow.operations;

import io.orderflow.platform.spi.Cursor;
import io.orderflow.shared.Refusal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcDeadLetter;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Retries dead letters, on request or when they are due, and discards them on request. */
@Component
class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int PAGE = 100;

    private final EventProcessingConfiguration configuration;
    private final SagaDeadLetterProcessor sagas;
    private final DeadLetterRows rows;
    private final Clock clock;

    DeadLetters(EventProcessingConfiguration configuration, SagaDeadLetterProcessor sagas, DeadLetterRows rows,
            Clock clock) {
        this.configuration = configuration;
        this.sagas = sagas;
        this.rows = rows;
        this.clock = clock;
    }

    DeadLetterView require(String id) {
        return rows.find(id).orElseThrow(() -> new Refusal(Refusal.Kind.NOT_FOUND, "unknown_dead_letter",
                "There is no dead letter '%s': it was handled or discarded, or never existed.".formatted(id)));
    }

    /** Retries a letter now, and the letters behind it as long as they succeed. */
    void retry(String id) {
        DeadLetterView letter = require(id);
        DeadLetterView head = rows.head(letter.group(), letter.sequence()).orElse(letter);
        if (!head.id().equals(id)) {
            throw new Refusal(Refusal.Kind.CONFLICT, "dead_letter_behind",
                    "The dead letter '%s' comes before it; retry or discard that one.".formatted(head.id()),
                    Map.of("head", head.id()));
        }
        attempt(letter);
        rows.find(id).ifPresent(failed -> {
            throw new Refusal(Refusal.Kind.CONFLICT, "dead_letter_failed_again",
                    "It failed again: %s: %s".formatted(failed.causeType(), failed.causeMessage()),
                    Map.of("cause_type", String.valueOf(failed.causeType()), "attempts", failed.attempts()));
        });
    }

    /** Discards a letter permanently; the letters behind it are retried at once. */
    void discard(String id) {
        DeadLetterView letter = require(id);
        var queue = queue(letter.group());
        for (var parked : queue.deadLetterSequence(letter.sequence())) {
            if (hasId(parked, id)) {
                queue.evict(parked);
                LOG.warn("Dead letter {} of {} for {} was discarded: {} {}", id, letter.group(), letter.sequence(),
                        letter.eventType(), letter.eventId());
            }
        }
        rows.head(letter.group(), letter.sequence()).filter(head -> head.attempts() == 0).ifPresent(this::attempt);
    }

    /** Retries every letter that is due; a sequence that fails blocks no other. */
    void retryDue() {
        List<DeadLetterView> page = rows.heads(null, DeadLetterRows.FIRST, PAGE);
        while (!page.isEmpty()) {
            page.stream().filter(this::isDue).forEach(this::attempt);
            DeadLetterView last = page.get(page.size() - 1);
            page = rows.heads(null, new Cursor.Place(last.parkedSince(), last.id()), PAGE);
        }
    }

    private boolean isDue(DeadLetterView letter) {
        return letter.nextTry() != null && !letter.nextTry().isAfter(clock.instant());
    }

    private void attempt(DeadLetterView letter) {
        configuration.sequencedDeadLetterProcessor(letter.group()).ifPresentOrElse(
                processor -> processor.process(parked -> hasId(parked, letter.id())),
                () -> sagas.process(letter.group(), letter.sequence()));
    }

    /** Retries the dead letters of sagas for an order. */
    void retryOfSagas(String order) {
        sagas.groups().forEach(group -> rows.head(group, order).ifPresent(this::attempt));
    }

    private SequencedDeadLetterQueue<EventMessage<?>> queue(String group) {
        return configuration.deadLetterQueue(group).orElseThrow(() -> new Refusal(Refusal.Kind.CONFLICT,
                "unknown_group", "There is no processing group '%s' any more.".formatted(group)));
    }

    private static boolean hasId(DeadLetter<?> letter, String id) {
        return letter instanceof JdbcDeadLetter<?> stored && stored.getIdentifier().equals(id);
    }
}
