package io.orderflow.platform.messaging;

import io.orderflow.shared.OrderFact;
import java.time.Duration;
import org.axonframework.common.caching.Cache;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.ListenerInvocationErrorHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Pooled event processors that handle the events of each order in sequence and swallow no exception. */
@Configuration(proxyBeanMethods = false)
class EventConfiguration {

    /** Bounds the cost of a lost wake-up and the time until a failed segment is retried. */
    private static final Duration CLAIM_INTERVAL = Duration.ofSeconds(1);
    /** Bounds how long a processor pauses after the end of an outage of the store. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** Axon's default would log the exception and skip the event. */
    @Bean
    ListenerInvocationErrorHandler listenerInvocationErrorHandler() {
        return PropagatingErrorHandler.instance();
    }

    @Bean
    Cache aggregateCache(@Value("${orderflow.aggregate-cache-size:20000}") long size,
            ObjectProvider<EventStore> events) {
        return new AggregateCache(size, events::getObject);
    }

    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false", matchIfMissing = true)
    WakeUpSource wakeUpSource(EventStore store) {
        return new WakeUpSource(store);
    }

    /** All facts about an order are in one sequence, whichever aggregate published them. */
    @Bean
    SequencingPolicy<EventMessage<?>> byOrder() {
        return event -> event.getPayload() instanceof OrderFact fact
                ? fact.orderId().value()
                : SequentialPerAggregatePolicy.instance().getSequenceIdentifierFor(event);
    }

    @Bean
    ConfigurerModule watchedBatches(ProcessorFailures failures) {
        return configurer -> configurer.eventProcessing().registerDefaultHandlerInterceptor((axon, processor) ->
                failures.watch(processor));
    }

    /** Axon Server's stream notifies its readers itself and needs no wake-up source. */
    @Bean
    ConfigurerModule processors(ObjectProvider<WakeUpSource> wakeUpSource, SequencingPolicy<EventMessage<?>> byOrder,
            @Value("${orderflow.processors.batch-size:100}") int batchSize) {
        return configurer -> configurer.eventProcessing()
                .configureDefaultStreamableMessageSource(axon -> {
                    var waking = wakeUpSource.getIfAvailable();
                    return waking == null ? axon.eventStore() : waking;
                })
                .usingPooledStreamingEventProcessors((axon, processor) -> processor
                        .initialSegmentCount(1)
                        .coordinatorExecutor(name -> coordinator(axon, name))
                        .batchSize(batchSize)
                        .tokenClaimInterval(CLAIM_INTERVAL.toMillis())
                        .claimExtensionThreshold(CLAIM_INTERVAL.toMillis()))
                .registerDefaultSequencingPolicy(axon -> byOrder);
    }

    private static CoordinatorExecutor coordinator(org.axonframework.config.Configuration axon, String processor) {
        var executor = new CoordinatorExecutor(processor, LONGEST_PAUSE);
        axon.onShutdown(executor::shutdown);
        return executor;
    }
}
