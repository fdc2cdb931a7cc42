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

/** How events reach their handlers: pooled processors, one order after the other, and nothing is swallowed. */
@Configuration(proxyBeanMethods = false)
class EventConfiguration {

    /** Bounds what a lost wake-up costs, and how soon a failed segment is tried again. */
    private static final Duration CLAIM_INTERVAL = Duration.ofSeconds(1);
    /** Bounds how long a processor rests after an outage of the store is over. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** The default would log an exception, skip the event and go on. */
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

    /** All facts about one order in one sequence, whichever aggregate announced them. */
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

    /** Axon Server's own stream wakes its readers: there is no wake-up source beside it. */
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
