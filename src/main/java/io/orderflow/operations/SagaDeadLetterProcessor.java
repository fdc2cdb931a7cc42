package io.orderflow.operations;

import io.orderflow.platform.spi.DeadLetterRetry;
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

/** Retries the dead letters of sagas; Axon's own processor of dead letters supports event handlers only. */
@Component
class SagaDeadLetterProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(SagaDeadLetterProcessor.class);

    private final EventProcessingConfiguration configuration;
    private final TransactionManager transactions;

    SagaDeadLetterProcessor(EventProcessingConfiguration configuration, TransactionManager transactions) {
        this.configuration = configuration;
        this.transactions = transactions;
    }

    /** The processing groups of all sagas. */
    Stream<String> groups() {
        return configuration.sagaConfigurations().stream().map(SagaConfiguration::processingGroup);
    }

    /** Handles the letters of a sequence, including those parked meanwhile, until none is left or one fails. */
    void process(String group, String sequence) {
        var saga = configuration.sagaConfigurations().stream()
                .filter(each -> each.processingGroup().equals(group)).findFirst();
        if (saga.isEmpty()) {
            LOG.warn("There is no handler for the dead letters of {} any more", group);
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
        EventMessage<?> event = letter.message().andMetaData(Map.of(DeadLetterRetry.MARK, true));
        var work = DefaultUnitOfWork.startAndGet(event);
        work.attachTransaction(transactions);
        ResultMessage<?> result = work.executeWithResult(() -> {
            saga.manager().handle(event, Segment.ROOT_SEGMENT);
            return null;
        });
        return result.isExceptional() ? DeadLetterRetry.failed(letter, result.exceptionResult()) : Decisions.evict();
    }
}
