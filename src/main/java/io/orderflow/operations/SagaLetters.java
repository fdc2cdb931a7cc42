package io.orderflow.operations;

import io.orderflow.platform.spi.RetriedFact;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.SagaConfiguration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcDeadLetter;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Has a saga handle again what was parked for it, which Axon itself does for projections only. */
@Component
class SagaLetters {

    private static final Logger LOG = LoggerFactory.getLogger(SagaLetters.class);
    private static final String RETRIES = "retries";

    private final EventProcessingConfiguration configuration;
    private final TransactionManager transactions;

    SagaLetters(EventProcessingConfiguration configuration, TransactionManager transactions) {
        this.configuration = configuration;
        this.transactions = transactions;
    }

    /** The processing groups of all sagas. */
    Stream<String> groups() {
        return configuration.sagaConfigurations().stream().map(SagaConfiguration::processingGroup);
    }

    /** Handles the letters of an order until none is left, those that are parked meanwhile included, or one fails. */
    void retry(String group, String sequence) {
        var saga = configuration.sagaConfigurations().stream()
                .filter(each -> each.processingGroup().equals(group)).findFirst();
        if (saga.isEmpty()) {
            LOG.warn("Nobody handles the dead letters of {} any more", group);
            return;
        }
        SequencedDeadLetterQueue<EventMessage<?>> queue = configuration.deadLetterQueue(group).orElseThrow();
        boolean handled;
        do {
            handled = queue.process(letter -> letter instanceof JdbcDeadLetter<?> stored
                    && stored.getSequenceIdentifier().equals(sequence), letter -> handle(saga.get(), letter));
        } while (handled && queue.contains(sequence));
    }

    private EnqueueDecision<EventMessage<?>> handle(SagaConfiguration<?> saga,
            DeadLetter<? extends EventMessage<?>> letter) {
        EventMessage<?> fact = letter.message().andMetaData(Map.of(RetriedFact.MARK, true));
        var work = DefaultUnitOfWork.startAndGet(fact);
        work.attachTransaction(transactions);
        ResultMessage<?> result = work.executeWithResult(() -> {
            saga.manager().handle(fact, Segment.ROOT_SEGMENT);
            return null;
        });
        if (!result.isExceptional()) {
            return Decisions.evict();
        }
        int retries = ((Number) letter.diagnostics().getOrDefault(RETRIES, 0)).intValue();
        return Decisions.requeue(result.exceptionResult(), parked -> parked.diagnostics().and(RETRIES, retries + 1));
    }
}
